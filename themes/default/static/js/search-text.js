// From text to words. sitegen/search/text.py holds the same rules, and why; tests/search/words.json pins the two.

const IGNORED = /[\u00ad\u200b-\u200f\u2060]+/g;
const ACCENTS = /[\u0300-\u036f]+/g;
const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ς: "σ", "\u2019": "'" };
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const NO_WORD = /[^\p{L}\p{M}\p{N}_'.]/gu;
const WORD = /[^\s'.]+(?:(?:'|(?<=[0-9])\.(?=[0-9]))[^\s'.]+)*/gu;

const UNSPACED =
  "\\u3005\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf" +
  "\\u4e00-\\u9fff\\uf900-\\ufaff\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{2fa1f}\\u{30000}-\\u{323af}";
const THAI = "\\u0e01-\\u0e3a\\u0e40-\\u0e4e";
const RUNS = new RegExp(`([${UNSPACED}]+)|([${THAI}]+)|([^${UNSPACED}${THAI}]+)`, "gu");

// What reads as one word in a text that is shown, before any folding.
const SHOWN_WORD = /[\p{L}\p{M}\p{N}_\u00ad\u200b-\u200f\u2060]+(?:(?:['\u2019]|(?<=[0-9])\.(?=[0-9]))[\p{L}\p{M}\p{N}_]+)*/gu;

export function spaced(text) {
  return text.replace(/\s+/gu, " ").trim();
}

export function fold(text) {
  const lowered = text.replace(IGNORED, "").normalize("NFKC").toLowerCase();
  const plain = lowered.normalize("NFD").replace(ACCENTS, "");
  return plain.normalize("NFC").replace(LETTER, (letter) => LETTERS[letter]);
}

// The words of one token: what stands between two spaces.
export function words(token) {
  const found = fold(token).replace(NO_WORD, " ").match(WORD) ?? [];
  return found.flatMap((word) => parts(word.replace(/'s$/, "")));
}

function parts(word) {
  return [...word.matchAll(RUNS)].flatMap(([, han, thai, other]) => (other ? [other] : pairs(han ?? thai)));
}

function pairs(run) {
  const letters = Array.from(run);
  return letters.length === 1 ? letters : letters.slice(1).map((letter, i) => letters[i] + letter);
}

// The pieces of a shown text that may be marked, as [start, text]: its words, and pairs of letters where a script
// is written without spaces.
export function* pieces(text) {
  for (const word of text.matchAll(SHOWN_WORD)) {
    for (const run of word[0].matchAll(RUNS)) {
      const start = word.index + run.index;
      if (run[3] !== undefined) yield [start, run[0]];
      else yield* shownPairs(start, Array.from(run[0]));
    }
  }
}

function* shownPairs(start, letters) {
  for (let i = 0; i < Math.max(1, letters.length - 1); i++) {
    yield [start, letters.slice(i, i + 2).join("")];
    start += letters[i].length;
  }
}
