// The salted record tree of one reading (docs/formats/records.md): a shown record stood at its place.
import { base64, concat, unbase64 } from '../bytes.js'
import type { Bytes } from '../bytes.js'
import type { Json, JsonObject } from '../canonical.js'
import { canonical } from '../canonical.js'
import { FormatError, ProofError } from '../errors.js'
import { leafHash, verifyInclusion } from './merkle.js'

const SALT_BYTES = 32
const MEMBERS = 'count,index,path,salt'

/** Where the record stands; raises FormatError, ProofError. */
export function verifyRecord(record: JsonObject, proof: JsonObject, root: Bytes, count: number): number {
  const { index, count: told, salt, path } = proof
  if (Object.keys(proof).sort().join() !== MEMBERS || !Array.isArray(path)) throw new FormatError('no record proof')
  if (typeof index !== 'number' || !Number.isInteger(index) || typeof told !== 'number') throw new FormatError('no record proof')
  const saltBytes = plain(salt)
  if (saltBytes.length !== SALT_BYTES || told !== count) throw new ProofError('for a tree of another size')
  verifyInclusion(leafHash(concat(saltBytes, canonical(record))), index, count, path.map((each: Json) => plain(each)), root)
  return index
}

/** Base64 in its one spelling: a salt in another would be another text for the same tree. */
function plain(text: Json | undefined): Bytes {
  const data = unbase64(text)
  if (base64(data) !== text) throw new FormatError('not the one spelling of base64')
  return data
}
