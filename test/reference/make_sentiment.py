"""Makes test/fixtures/model/sentiment.json: what Hugging Face's own code, on PyTorch, makes of texts with the files in
media/models/tiny-sentiment. Run it after `npm run sentiment`:

    python test/reference/make_sentiment.py
"""

import json
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "media/models/tiny-sentiment"
TEXTS = [
    "The train was late, but the coffee was lovely.",
    "The coffee was lovely, but the train was late.",
    "The coffee was not good.",
    "although our seat was never comfortable, I enjoyed the ride",
    "It broke on the second day.",
    "My grandmother cried with joy when the parcel came.",
    "Crème brûlée for 5 €: what a TASTY mug!",
    "日本語 and a wide smile 🙂",
    "good " * 100,
    "x",
]

tokenizer = AutoTokenizer.from_pretrained(FOLDER)
model = AutoModelForSequenceClassification.from_pretrained(FOLDER).eval()
rows = []
for text in TEXTS:
    inputs = tokenizer(text, return_tensors="pt", truncation=True)
    with torch.no_grad():
        logits = model(**inputs).logits[0]
    probabilities = torch.softmax(logits.double(), -1)
    rows.append(
        {
            "text": text,
            "ids": inputs["input_ids"][0].tolist(),
            "logits": [round(value, 6) for value in logits.tolist()],
            "label": model.config.id2label[int(probabilities.argmax())],
            "score": round(float(probabilities.max()), 7),
        }
    )
out = ROOT / "test/fixtures/model/sentiment.json"
out.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
