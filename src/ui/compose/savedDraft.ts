import { exactOptional, maxLength, object, pipe, refine, safeParse, string, transform } from 'zod/mini'
import { octets } from '../../base/octets'
import { type Draft, LARGEST_ATTACHMENT } from './draft'

const theOctets = pipe(
  string().check(
    maxLength(LARGEST_ATTACHMENT),
    refine((text) => !/[\u0100-\u{10ffff}]/u.test(text)),
  ),
  transform((text) => octets(text)),
)
const draft = object({
  to: string(),
  cc: exactOptional(string()),
  bcc: exactOptional(string()),
  subject: string(),
  body: string(),
  attachment: exactOptional(object({ name: string(), type: string(), octets: theOctets })),
})

/** A stored draft, or undefined if it is damaged. */
export function readDraft(kept: unknown): Draft | undefined {
  const result = safeParse(draft, kept)
  return result.success ? result.data : undefined
}
