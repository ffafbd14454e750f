"""Makes test/fixtures/model/classifiers.json: naive Bayes, logistic regression and tf-idf as scikit-learn computes them.

    python test/reference/make_classifiers.py

Needs scikit-learn 1.9; the tests don't. The texts are drawn by NumPy from a few words. Logistic regression is solved by
Newton's method to the end, where the project walks downhill.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB

root = pathlib.Path(__file__).parent.parent.parent
random = np.random.default_rng(13)
WORDS = ["anchor", "bell", "cable", "deck", "engine", "flag", "gull", "hull"]
DECAY = 0.02


def text(spam):
    weights = np.arange(1, 9) if spam else np.arange(8, 0, -1)
    return list(random.choice(WORDS, size=random.integers(2, 12), p=weights / weights.sum()))


labels = [bool(random.random() < 0.4) for _ in range(40)]
training = [text(spam) for spam in labels]
held_out = [text(bool(i % 2)) for i in range(12)]

words = {"tokenizer": None, "analyzer": lambda given: given}
counts = CountVectorizer(analyzer=words["analyzer"]).fit(training)
x = counts.transform(training)
bayes = MultinomialNB(alpha=1.0).fit(x, labels)
joint = bayes.predict_joint_log_proba(counts.transform(held_out))
logistic = LogisticRegression(C=1 / (len(training) * DECAY), solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, labels)
weigher = TfidfVectorizer(analyzer=words["analyzer"], smooth_idf=True, norm="l2").fit(training)
names = list(counts.get_feature_names_out())

fixture = {
    "sklearn": sklearn.__version__,
    "training": training,
    "labels": labels,
    "heldOut": held_out,
    "naiveBayes": (joint[:, 1] - joint[:, 0]).tolist(),
    "decay": DECAY,
    "logistic": logistic.decision_function(counts.transform(held_out)).tolist(),
    "weights": dict(zip(names, logistic.coef_[0].tolist())),
    "bias": float(logistic.intercept_[0]),
    "tfIdf": [
        {name: float(value) for name, value in zip(weigher.get_feature_names_out(), row) if value > 0}
        for row in weigher.transform(held_out).toarray()
    ],
}
(root / "test/fixtures/model/classifiers.json").write_text(json.dumps(fixture, indent=1) + "\n")
