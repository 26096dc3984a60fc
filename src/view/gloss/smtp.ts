import { spokenName } from '../../mail/address'
import { glossSmtpText } from '../../messages/glossSmtp'
import type { ParsedReply, SmtpParsed } from '../../protocols/smtp'

/** One plain sentence about a line of SMTP, as the map's captions say it. */
export function smtpGloss(parsed: SmtpParsed, line?: string): string {
  switch (parsed.type) {
    case 'reply':
      return replyGloss(parsed)
    case 'EHLO':
    case 'HELO':
      return glossSmtpText(`says.${parsed.type}`, { helloName: parsed.helloName })
    case 'MAIL':
      return parsed.reversePath === ''
        ? glossSmtpText('notice')
        : glossSmtpText('says.MAIL', { sender: spokenName(parsed.reversePath) })
    case 'RCPT':
      return glossSmtpText('says.RCPT', { recipient: spokenName(parsed.forwardPath) })
    case 'VRFY':
      return glossSmtpText('says.VRFY', { name: parsed.text })
    case 'AUTH':
      return parsed.user === undefined
        ? glossSmtpText('says.AUTH')
        : glossSmtpText('password', { user: spokenName(parsed.user) })
    case 'BDAT':
      return glossSmtpText(parsed.last ? 'lastChunk' : 'says.BDAT', { size: parsed.size })
    case 'mailData':
      if (line !== undefined) return glossSmtpText(ofMailData(line))
      if (parsed.part) return glossSmtpText('partOfMailData')
      return glossSmtpText(parsed.empty ? 'noMailData' : 'says.mailData')
    case 'chunk':
      return glossSmtpText(parsed.part ? 'partOfChunk' : 'says.chunk')
    default:
      return glossSmtpText(`says.${parsed.type}`)
  }
}

const ofMailData = (line: string): 'endOfMailData' | 'endOfHeader' | 'lineOfMailData' => {
  if (line === '') return 'endOfHeader'
  return line === '.' ? 'endOfMailData' : 'lineOfMailData'
}

/** Sentences keyed by the name of the server's reply; else by the command and the code of its reply; else by the code alone. */
function replyGloss(reply: ParsedReply): string {
  const { code, answers, reason, address } = reply
  const values = { address: address === undefined ? '' : spokenName(address) }
  const keys = [
    `reason.${reason}`,
    ...particulars(reply).map((more) => `answer.${answers}.${code}.${more}`),
    `answer.${answers}.${code}`,
    `code.${code}`,
  ]
  for (const key of keys) {
    const said = glossSmtpText.found(key, values)
    if (said !== undefined) return said
  }
  return glossSmtpText(code >= 500 ? 'code.5xx' : code >= 400 ? 'code.4xx' : 'code.2xx')
}

/** Further conditions for a sentence, in the order of precedence. */
function particulars({ enhancedStatusCode: status, reason, relays, address }: ParsedReply): readonly string[] {
  return [
    ...(reason ? [reason] : []),
    ...(status ? [status, status.split('.').slice(0, 2).join('.')] : []),
    ...(relays ? ['relays'] : []),
    ...(address ? ['address'] : []),
  ]
}
