import type { SmtpRecipientDsn } from '../grammar/envelope'
import { type MailParameters, toXtext } from '../grammar/parameters'

/** The command lines of a client, as text without CRLF. */

export const helloLine = (verb: 'EHLO' | 'HELO', helloName: string): string => `${verb} ${helloName}`

export function mailLine(reversePath: string, parameters: MailParameters): string {
  const { size, body, smtpUtf8, ret, envid } = parameters
  let line = `MAIL FROM:<${reversePath}>`
  if (size !== undefined) line += ` SIZE=${size}`
  if (body !== undefined) line += ` BODY=${body}`
  if (smtpUtf8) line += ' SMTPUTF8'
  if (ret !== undefined) line += ` RET=${ret}`
  if (envid !== undefined) line += ` ENVID=${toXtext(envid)}`
  return line
}

export function rcptLine(forwardPath: string, dsn: SmtpRecipientDsn = {}): string {
  let line = `RCPT TO:<${forwardPath}>`
  if (dsn.notify !== undefined) line += ` NOTIFY=${dsn.notify.join(',')}`
  if (dsn.orcpt !== undefined) {
    const at = dsn.orcpt.indexOf(';')
    line += ` ORCPT=${dsn.orcpt.slice(0, at)};${toXtext(dsn.orcpt.slice(at + 1))}`
  }
  return line
}

/** The chunk's octets follow the CRLF directly (RFC 3030 section 2). */
export const bdatLine = (size: number, last: boolean): string => `BDAT ${size}${last ? ' LAST' : ''}`
