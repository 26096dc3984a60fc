import { isInternational } from './envelope'
import { replyGloss } from './gloss'
import { replies } from './replies'
import type { On } from './serverTransitions'
import type { SpokenReply } from './serverTypes'

/** What the host knows of a name. More than ASCII is only said to who asked for it (RFC 6531 section 3.7.4.2). */
export function tellsOfUser({ context, event }: On<'userVerified'>): SpokenReply {
  const { enhanced, utf8Reply } = context
  const lines = typeof event.reply.text === 'string' ? [event.reply.text] : event.reply.text
  const international = lines.some(isInternational)
  const reply = international && !utf8Reply ? replies.cannotShow : event.reply
  return { reply, enhanced, gloss: replyGloss('VRFY', reply), ...(international && utf8Reply && { utf8: true }) }
}
