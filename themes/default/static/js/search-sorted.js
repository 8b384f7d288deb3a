// Sorted lists, of terms and of scores.

// The place of the first of some ascending values that is greater than a value.
export function firstBeyond(ascending, value) {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
