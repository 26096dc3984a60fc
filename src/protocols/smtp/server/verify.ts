import { replyGloss } from '../gloss'
import { isInternational } from '../grammar/envelope'
import { replies } from '../grammar/replies'
import type { On } from './transitions'
import type { SpokenReply } from './types'

/** What the host knows of a name. More than ASCII is only said to who asked for it (RFC 6531 section 3.7.4.2). */
export function tellsOfUser({ context, event }: On<'userVerified'>): SpokenReply {
  const { enhanced, utf8Reply } = context
  const lines = typeof event.reply.text === 'string' ? [event.reply.text] : event.reply.text
  const international = lines.some(isInternational)
  const reply = international && !utf8Reply ? replies.cannotShow : event.reply
  return { reply, enhanced, gloss: replyGloss('VRFY', reply), ...(international && utf8Reply && { utf8: true }) }
}
