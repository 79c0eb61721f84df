// What a network says of several inputs. Python: network/forward.py.

/** Probabilities of each class, the mean over `n` rows of inputs. */
export function meanProbabilities({ layers }, inputs, n) {
  let values = inputs;
  layers.forEach((layer, i) => {
    values = times(layer, values, n);
    if (i < layers.length - 1) rectify(values);
  });
  const nOutputs = values.length / n;
  return nOutputs === 1 ? logistic(values) : softmax(values, n, nOutputs);
}

/** Multiply rows with a layer's weights, block by block, and add its biases. */
function times({ nBlocks, nInputs, nOutputs, weights, biases }, values, n) {
  const products = new Float64Array(n * nBlocks * nOutputs);
  for (let row = 0; row < n; row++) {
    for (let block = 0; block < nBlocks; block++) {
      const input = (row * nBlocks + block) * nInputs;
      const output = (row * nBlocks + block) * nOutputs;
      const sums = products.subarray(output, output + nOutputs);
      sums.set(biases.subarray(block * nOutputs, (block + 1) * nOutputs));
      addRows(sums, weights, block * nInputs * nOutputs, values.subarray(input, input + nInputs));
    }
  }
  return products;
}

/**
 * Add up rows of weights, each times its value. About half of the values are 0, and are left
 * out. Eight rows at a time: so the sums are fetched and put back an eighth as often, which
 * makes it four times as fast.
 */
function addRows(sums, weights, begin, values) {
  const n = sums.length;
  const used = new Float64Array(values.length + 7); // the last eight may be filled up with 0
  const rows = new Int32Array(values.length + 7).fill(begin);
  let nUsed = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    used[nUsed] = values[i];
    rows[nUsed++] = begin + i * n;
  }
  for (let k = 0; k < nUsed; k += 8) {
    const [v0, v1, v2, v3] = [used[k], used[k + 1], used[k + 2], used[k + 3]];
    const [v4, v5, v6, v7] = [used[k + 4], used[k + 5], used[k + 6], used[k + 7]];
    const [r0, r1, r2, r3] = [rows[k], rows[k + 1], rows[k + 2], rows[k + 3]];
    const [r4, r5, r6, r7] = [rows[k + 4], rows[k + 5], rows[k + 6], rows[k + 7]];
    for (let j = 0; j < n; j++) {
      sums[j] +=
        v0 * weights[r0 + j] +
        v1 * weights[r1 + j] +
        v2 * weights[r2 + j] +
        v3 * weights[r3 + j] +
        v4 * weights[r4 + j] +
        v5 * weights[r5 + j] +
        v6 * weights[r6 + j] +
        v7 * weights[r7 + j];
    }
  }
}

function rectify(values) {
  for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
}

/** Two classes share one output. */
function logistic(values) {
  let second = 0;
  for (const value of values) second += 1 / (1 + Math.exp(-value)) / values.length;
  return [1 - second, second];
}

function softmax(values, n, nClasses) {
  const mean = Array.from({ length: nClasses }, () => 0);
  for (let row = 0; row < n; row++) {
    const logits = values.subarray(row * nClasses, (row + 1) * nClasses);
    const most = Math.max(...logits);
    const powers = logits.map((logit) => Math.exp(logit - most));
    const sum = powers.reduce((a, b) => a + b);
    for (let k = 0; k < nClasses; k++) mean[k] += powers[k] / sum / n;
  }
  return mean;
}
