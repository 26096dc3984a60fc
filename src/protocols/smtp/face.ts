import type { LinePart, ProtocolFace } from '../../session/face'
import type { Parsed } from '../../session/session'
import type { SmtpParsed } from './meaning'

export const smtpFace: ProtocolFace = {
  name: 'SMTP',
  look: {
    hue: 'var(--smtp)',
    stroke: 'solid',
    carrier: 'slip',
    mark: 'M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5',
    tick: 'M-0.8 3h1.6v8h-1.6z',
  },
  partsOf,
}

/** A reply (RFC 5321 section 4.2, RFC 2034 section 4), a command with a path, or a verb and its argument. */
function partsOf(line: string): readonly LinePart[] {
  const reply = /^(\d{3})([ -])(?:([245]\.\d{1,3}\.\d{1,3})( ?))?/.exec(line)
  if (reply) {
    const [head, code = '', more = '', status = '', space = ''] = reply
    return [
      { name: 'replyCode', length: code.length },
      { name: more === '-' ? 'moreFollows' : 'lastLine', length: 1 },
      { name: 'enhancedStatusCode', length: status.length },
      { name: 'space', length: space.length },
      { name: 'replyText', length: line.length - head.length },
    ]
  }
  const path = /^(?:MAIL FROM:|RCPT TO:)/i.exec(line)
  if (path)
    return [
      { name: 'verb', length: path[0].length },
      { name: 'path', length: line.length - path[0].length },
    ]
  return verbAndArgument(line)
}

function verbAndArgument(line: string): readonly LinePart[] {
  const verb = /^[A-Z]{3,10}(?= |$)/i.exec(line)?.[0]
  // A longer line that begins with a short word is text of a message.
  if (verb === undefined || line.length >= 600) return []
  const space = line.length > verb.length ? 1 : 0
  return [
    { name: 'verb', length: verb.length },
    { name: 'space', length: space },
    { name: 'argument', length: line.length - verb.length - space },
  ]
}

/** Narrows parsed lines to this protocol's. It stands apart from the parser, which the resting stage does not load. */
export const isSmtp = (parsed: Parsed): parsed is SmtpParsed => parsed.protocol === 'SMTP'
