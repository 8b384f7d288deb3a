// What scripts say, in the site's language. words.js is made of section `script` of the theme's words; `locale` there is
// the one that the pages' own counts and dates are written by.

import { locale, texts } from "./words.js";

// The pages write all counts in Latin digits and all dates in the Gregorian calendar, whatever the language: so do scripts.
const DIGITS = { numberingSystem: "latn" };
const NUMBERS = new Intl.NumberFormat(locale, { ...DIGITS, useGrouping: "always" });
const DAYS = new Intl.DateTimeFormat(locale, { ...DIGITS, calendar: "gregory", dateStyle: "long", timeZone: "UTC" });
const FORMS = new Intl.PluralRules(locale);
const LISTS = new Intl.ListFormat(locale);

// Gives a text with its values put in, counts as the language writes them; `n` chooses the plural form.
export function say(name, values = {}) {
  const text = texts[name];
  if (text === undefined) throw new RangeError(`section script of the theme's words has no ${name}`);
  const form = typeof text === "string" ? text : (text[FORMS.select(values.n)] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (_, value) => written(values[value]));
}

// date: 2024-12-05.
export function sayDate(date) {
  return DAYS.format(new Date(date));
}

// Joins texts as a sentence does: a, b and c.
export function sayList(items) {
  return LISTS.format(items);
}

function written(value) {
  return typeof value === "number" ? NUMBERS.format(value) : value;
}
