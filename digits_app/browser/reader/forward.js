// What a network says of several inputs. Python: network/forward.py.

const TOGETHER = 3; // rows of inputs that share what is fetched of the weights

/** Probabilities of each class, the mean over `n` rows of inputs. */
export function meanProbabilities({ layers }, inputs, n) {
  const nRows = TOGETHER * Math.ceil(n / TOGETHER); // the last may be filled up with 0
  let values = new Float64Array((nRows * inputs.length) / n);
  values.set(inputs);
  layers.forEach((layer, i) => {
    values = times(layer, values, nRows);
    if (i < layers.length - 1) rectify(values);
  });
  const nOutputs = values.length / nRows;
  const outputs = values.subarray(0, n * nOutputs);
  return nOutputs === 1 ? logistic(outputs) : softmax(outputs, n, nOutputs);
}

/** Multiply rows with a layer's weights, block by block, and add its biases. */
function times({ nBlocks, nInputs, nOutputs, weights, biases }, values, nRows) {
  const products = new Float64Array(nRows * biases.length);
  for (let row = 0; row < nRows; row++) products.set(biases, row * biases.length);
  for (let row = 0; row < nRows; row += TOGETHER) {
    for (let block = 0; block < nBlocks; block++) {
      const places = [row, row + 1, row + 2].map((each) => each * nBlocks + block);
      const inputs = places.map((at) => values.subarray(at * nInputs, (at + 1) * nInputs));
      const packed = pack(inputs, block * nInputs * nOutputs, nOutputs);
      addRows(products, places.map((at) => at * nOutputs), packed, weights, nOutputs);
    }
  }
  return products;
}

/**
 * Add up rows of weights, each times its value, into three sums. What is 0 in all three, as
 * much is in three copies of one drawing, is left out. Four rows of weights at a time, so the
 * sums are fetched and put back a quarter as often.
 */
function addRows(sums, [s, t, u], [a, b, c, rows], weights, n) {
  for (let k = 0; k < rows.length; k += 4) {
    const [r0, r1, r2, r3] = [rows[k], rows[k + 1], rows[k + 2], rows[k + 3]];
    const [a0, a1, a2, a3] = [a[k], a[k + 1], a[k + 2], a[k + 3]];
    const [b0, b1, b2, b3] = [b[k], b[k + 1], b[k + 2], b[k + 3]];
    const [c0, c1, c2, c3] = [c[k], c[k + 1], c[k + 2], c[k + 3]];
    for (let j = 0; j < n; j++) {
      const w0 = weights[r0 + j];
      const w1 = weights[r1 + j];
      const w2 = weights[r2 + j];
      const w3 = weights[r3 + j];
      sums[s + j] += a0 * w0 + a1 * w1 + a2 * w2 + a3 * w3;
      sums[t + j] += b0 * w0 + b1 * w1 + b2 * w2 + b3 * w3;
      sums[u + j] += c0 * w0 + c1 * w1 + c2 * w2 + c3 * w3;
    }
  }
}

/** Of three inputs what is not 0 in all, filled up to fours, and where its weights begin. */
function pack([a, b, c], begin, n) {
  const used = [];
  for (let i = 0; i < a.length; i++) if (a[i] !== 0 || b[i] !== 0 || c[i] !== 0) used.push(i);
  const length = 4 * Math.ceil(used.length / 4);
  const rows = new Int32Array(length).fill(begin);
  const packed = [a, b, c].map(() => new Float64Array(length));
  used.forEach((i, k) => {
    rows[k] = begin + i * n;
    packed[0][k] = a[i];
    packed[1][k] = b[i];
    packed[2][k] = c[i];
  });
  return [...packed, rows];
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
