// CRC-32 (ISO 3309), four bytes a step: what a ZIP says of each of its files.

const TABLES = tables()

/** The checksum after these bytes too; begin with 0. */
export function crc32(data: Uint8Array, before: number): number {
  const [one, two, three, four] = TABLES
  let crc = ~before
  let at = 0
  for (const end = data.length - 3; at < end; at += 4) {
    crc ^= byte(data, at) | (byte(data, at + 1) << 8) | (byte(data, at + 2) << 16) | (byte(data, at + 3) << 24)
    crc = entry(four, crc & 0xff) ^ entry(three, (crc >>> 8) & 0xff) ^ entry(two, (crc >>> 16) & 0xff) ^ entry(one, crc >>> 24)
  }
  for (; at < data.length; at++) crc = entry(one, (crc ^ byte(data, at)) & 0xff) ^ (crc >>> 8)
  return ~crc >>> 0
}

function byte(data: Uint8Array, at: number): number {
  return data[at] as number
}

function entry(table: Int32Array, index: number): number {
  return table[index] as number
}

function tables(): [Int32Array, Int32Array, Int32Array, Int32Array] {
  const made = [0, 1, 2, 3].map(() => new Int32Array(256)) as [Int32Array, Int32Array, Int32Array, Int32Array]
  const [first] = made
  for (let value = 0; value < 256; value++) {
    let crc = value
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    first[value] = crc
  }
  for (let value = 0; value < 256; value++) {
    for (let table = 1; table < 4; table++) {
      const crc = entry(made[table - 1] as Int32Array, value)
      ;(made[table] as Int32Array)[value] = entry(first, crc & 0xff) ^ (crc >>> 8)
    }
  }
  return made
}
