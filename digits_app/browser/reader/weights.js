// A network's bytes, as Python writes them (network/weight_files.py).

/**
 * Unpack a network: { features, layers, rule }. Each layer has { nBlocks, nInputs, nOutputs,
 * weights, biases }, its weights block after block, input after input.
 */
export function unpackWeights(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const begin = 4 + length;
  const layers = header.layers.map(({ shape, weights, scales, biases }) => {
    const [nBlocks, nInputs, nOutputs] = shape;
    const size = nBlocks * nInputs * nOutputs;
    const floats = (place, n) => new Float32Array(buffer, begin + place, n);
    const bytes = (place, n) => new Int8Array(buffer, begin + place, n);
    return {
      nBlocks,
      nInputs,
      nOutputs,
      biases: floats(biases, nBlocks * nOutputs),
      weights:
        scales === null
          ? floats(weights, size)
          : scaled(bytes(weights, size), floats(scales, nBlocks * nOutputs), shape),
    };
  });
  return { ...header, layers };
}

/** Whole numbers times the scale of their column. */
function scaled(numbers, scales, [nBlocks, nInputs, nOutputs]) {
  const weights = new Float32Array(numbers.length);
  for (let block = 0, i = 0; block < nBlocks; block++) {
    for (let input = 0; input < nInputs; input++) {
      for (let output = 0; output < nOutputs; output++, i++) {
        weights[i] = numbers[i] * scales[block * nOutputs + output];
      }
    }
  }
  return weights;
}
