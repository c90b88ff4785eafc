// Receipt v1: the house's signed promise to the person who sent an item (docs/formats/receipt.md).
import type { Bytes } from '../bytes.js'
import { isLater, isObject, readCanonical } from '../canonical.js'
import { FormatError, VersionError } from '../errors.js'
import { readTime } from '../times.js'
import { verify as verifySignature } from './signing.js'

const ITEM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const HEX_32_BYTES = /^[0-9a-f]{64}$/

export interface Receipt {
  readonly item: string
  readonly sha256: string
  readonly size: number
  readonly receivedAt: string
  readonly event: string // leaf data of the `received` event, hex
}

/** The receipt, once its signature is found to be this key's. Raises SignatureError, FormatError, VersionError. */
export function verify(raw: Bytes, signature: Bytes, key: Bytes): Receipt {
  verifySignature(key, 'liuzheng/receipt/v1', raw, signature)
  const value = readCanonical(raw)
  if (!isObject(value)) throw new FormatError('no receipt')
  if (isLater(value['v'])) throw new VersionError('a later version')
  const { item, sha256, size, event, claimed } = value
  const isReceipt =
    value['v'] === 1 &&
    Object.keys(value).sort().join() === 'claimed,event,item,received_at,sha256,size,v' &&
    typeof item === 'string' &&
    ITEM.test(item) &&
    typeof sha256 === 'string' &&
    HEX_32_BYTES.test(sha256) &&
    typeof event === 'string' &&
    HEX_32_BYTES.test(event) &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size >= 0 &&
    typeof claimed === 'boolean'
  if (!isReceipt) throw new FormatError('no receipt v1')
  return { item, sha256, size, event, receivedAt: readTime(value['received_at']) }
}
