// A witness's pictures on their way: the digest is taken here, the receipt must name the same.
import { DIRECT_MAX_BYTES } from '../../capture/kinds'
import { openDigest } from '../../digest/digest'
import { EmptyFileError, FileTooLargeError, ReceiptMismatchError } from '../../errors'
import type { WitnessServer } from '../../serverPorts'
import { sentenceOf } from '../../shell/parts'

/** Sends one after the other; resolves to what did not arrive, in words. */
export async function sendAll(server: WitnessServer, secret: string, pictures: readonly File[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (const picture of pictures) {
    try {
      await send(server, secret, picture)
    } catch (error) {
      failed.push(`${picture.name}: ${sentenceOf(error)}`)
    }
  }
  return failed
}

async function send(server: WitnessServer, secret: string, picture: File): Promise<void> {
  if (picture.size === 0) throw new EmptyFileError()
  if (picture.size > DIRECT_MAX_BYTES) throw new FileTooLargeError(picture.size, DIRECT_MAX_BYTES)
  const digest = openDigest()
  try {
    await digest.update(await picture.arrayBuffer())
    const sha256 = await digest.finish()
    const { receipt } = await server.picture(secret, picture, sha256)
    if (receipt.sha256 !== sha256) throw new ReceiptMismatchError(sha256, receipt.sha256)
  } finally {
    digest.close()
  }
}
