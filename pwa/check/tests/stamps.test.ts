// stamps/: every recorded answer of an authority comes to the code that it must come to (tests/recorded/tsa).
import { describe, expect, test } from 'vitest'
import type { Bytes } from '../src/bytes.js'
import { unbase64, utf8 } from '../src/bytes.js'
import { StampError } from '../src/errors.js'
import { sha256 } from '../src/integrity/sha.js'
import { readCertificate } from '../src/stamps/certificate.js'
import { verifyResponse } from '../src/stamps/token.js'

const DER = import.meta.glob<string>('../../../tests/recorded/tsa/*.tsr', { query: '?url&inline', import: 'default', eager: true })
const TEXTS = import.meta.glob<string>('../../../tests/recorded/tsa/*.{json,pem}', { query: '?raw', import: 'default', eager: true })
const DIGEST = sha256(utf8('what was stamped'))

interface Told {
  readonly code: string
  readonly roots: string
  readonly status: number
  readonly type: string
}

// Of the request, or of our own clock: a stored token is never judged by these (docs/formats/timestamp.md).
const NOT_OF_A_STORED_TOKEN = ['stamp_wrong_nonce', 'stamp_wrong_policy', 'stamp_clock_differs']
// A page without a root at hand says "self-issued" instead of refusing.
const WITHOUT_ROOT = 'stamp_chain_unknown'

function pathOf(name: string): string {
  return `../../../tests/recorded/tsa/${name}`
}

function bytesOf(name: string): Bytes {
  return unbase64((DER[pathOf(name)] ?? '').split('base64,')[1] ?? '')
}

const index = JSON.parse(TEXTS[pathOf('index.json')] ?? '') as Record<string, Told>
const answers = Object.entries(index).filter(([, { status, type }]) => status === 200 && type === 'application/timestamp-reply')

async function judge(name: string, rootsFile: string): Promise<string> {
  const pem = TEXTS[pathOf(rootsFile)] ?? ''
  const given = [...pem.matchAll(/BEGIN CERTIFICATE-----([^-]*)-----END/g)].map(([, body = '']) => readCertificate(unbase64(body.replace(/\s/g, ''))))
  try {
    const token = await verifyResponse(bytesOf(`${name}.tsr`), DIGEST, { given, own: [] })
    return token.anchor === 'elsewhere' ? WITHOUT_ROOT : ''
  } catch (problem) {
    if (problem instanceof StampError) return problem.code
    throw problem
  }
}

describe('recorded answers', () => {
  test.each(answers)('%s', async (name, { code, roots }) => {
    expect(await judge(name, roots)).toBe(NOT_OF_A_STORED_TOKEN.includes(code) ? '' : code)
  })

  test('there are some of each kind', () => {
    expect(answers.length).toBeGreaterThan(20)
  })
})
