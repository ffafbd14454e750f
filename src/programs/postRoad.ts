// A story of our own, long enough to count in: its people and their sayings come back, so that what came next once may
// come next again.

export const POST_ROAD = `There was one road in the village, and it went up the hill. Every morning Mira went up the road with the letters in her bag, and every morning the people of the village stood at their doors and waited for her.

The first house belonged to the baker. The baker had flour on his hands, so he opened the door with his elbow. "Good morning, Mira," he said. "Is there a letter for me?"

"There is a letter for you," said Mira, or else she said, "Not today. Perhaps there will be one tomorrow." Then the baker gave her a warm roll, and she put it in her bag and went on up the hill.

The second house belonged to the smith. The smith had black hands, so she opened the door with her foot. "Good morning, Mira," she said. "Is there a letter for me?"

"There is a letter for you," said Mira, or else she said, "Not today. Perhaps there will be one tomorrow." Then the smith looked at the nails in her shoes, and put in a new one where an old one was lost, and Mira went on up the hill.

The third house belonged to two old sisters who did not speak to each other. One lived upstairs and one lived downstairs. "Is there a letter for me?" asked the sister upstairs, out of the window. "Is there a letter for me?" asked the sister downstairs, out of the door. Mira had to answer each of them, one after the other, and each of them pretended that she had not heard what was said to the other.

After the third house there was the bridge, and after the bridge there was the wood, and after the wood there was the last house.

Nobody knew much about the last house. It was small and white. There was smoke over the roof in winter, and there were beans in the garden in summer. An old man lived in it, and his name was Tobin. In all the years that Mira had gone up the road, there had never been a letter for the last house. So she went as far as the bridge, and ate the warm roll, and looked at the water, and went down the hill again.

One Monday in spring the baker had no letter, and the smith had no letter, and the sisters had no letter. Mira came to the bridge with an empty bag. There on the bridge stood the old man from the last house.

"Good morning," he said. "Is there a letter for me?"

"Not today," said Mira. "Perhaps there will be one tomorrow."

"Ah," said Tobin. "Thank you." And he went back through the wood to the last house.

On Tuesday he stood on the bridge again. "Good morning," he said. "Is there a letter for me?"

"Not today," said Mira. "Perhaps there will be one tomorrow."

"Ah," said Tobin. "Thank you." And he went back through the wood to the last house.

On Wednesday it rained. The baker opened the door with his elbow, and the smith opened the door with her foot, and the sisters did not open anything at all. Mira thought that nobody would stand on the bridge in such rain. But the old man stood on the bridge, and the water ran out of his hat.

"Good morning," he said. "Is there a letter for me?"

"Who would write to you?" asked Mira, because she was wet, and because she wanted to know.

The old man thought about it. "Nobody, I suppose," he said. "But I hear you on the road every morning. You say to the baker that there is a letter, or that there will be one tomorrow. You say it to the smith, and you say it to the sisters. I thought that I would like to hear it too."

Mira did not know what to say, so she gave him the warm roll. He ate one half of it and gave the other half back. Then he went through the wood to the last house, and she went down the hill in the rain.

That evening Mira sat at her table. She took a sheet of paper and wrote, "Dear Tobin." Then she looked at the lamp for a long time. She had carried letters all her life, and she had never written one. She did not know how a letter went on after its beginning.

So on Thursday she asked. "What do you write in a letter?" she asked the baker.

"I write what I had for dinner," said the baker, "and then I ask what they had for dinner." And he gave her a warm roll.

"What do you write in a letter?" she asked the smith.

"I write what is broken," said the smith, "and how I am going to mend it." And she looked at the nails in Mira's shoes.

"What do you write in a letter?" she asked the sisters.

"I write that I am well," said the sister upstairs, "even when I am not."

"I write that I am not well," said the sister downstairs, "even when I am."

"She never told me that," said the sister upstairs.

"She never asked," said the sister downstairs. And then they both stood very still, because they had spoken to each other.

On Thursday evening Mira wrote what she had had for dinner, which was bread and beans. She wrote what was broken, which was the third board of the bridge. She wrote that she was well. She looked at the letter, and it was the same letter that everybody wrote. Every word in it had been used before by somebody else. She put it in her bag all the same.

On Friday the sun came out over the village. The baker had a letter, and the smith had a letter, and the sisters had a letter with both their names on it. Mira went over the bridge, and minded the third board, and there stood the old man with his hat in his hand.

"Good morning," he said. "Is there a letter for me?"

"There is a letter for you," said Mira.

He held it for a long time before he opened it. Then he read it, slowly, and then he read it again, and his lips moved at every word.

"Beans," he said at last. "I have beans too."

He put the letter in his hat, and he put the hat on his head. He went back through the wood to the last house, and Mira thought that he walked like a man who has somewhere to go.

On Saturday there was somebody at work on the bridge. The smith had black hands and a bag of nails, and she was mending the third board. "Somebody told me that it was broken," said the smith. Behind her stood the baker with a basket of warm rolls, and behind the baker stood the two sisters, one on the left and one on the right, and they were speaking to each other so fast that nobody else could say a word.

"Good morning, Mira," said the baker. "We thought that we would go on up the hill today. In all these years we have never seen the last house."

So they went over the bridge and through the wood, all of them, with the rolls and the nails. The last house was small and white. There was smoke over the roof, and there were beans in the garden, and at the door stood the old man with a letter in his hand.

"Good morning, Mira," said Tobin. "This letter is for you."

Nobody had ever written to Mira. She had carried letters up the hill and down the hill, in the sun and in the rain, and not one of them had been for her. She opened it at the door of the last house, and everybody was quiet, even the sisters.

"Dear Mira," it said. "Thank you for the letter. I had bread and beans for dinner. The third board of the bridge is broken, but I am told that somebody is going to mend it. I am well. Perhaps there will be a letter tomorrow."

It was the same letter that everybody wrote, and it was for her. She read it slowly, and then she read it again. Then she put it in her bag, beside the warm roll, and went on up the road to see where it ended.
`;
