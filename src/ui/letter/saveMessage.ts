import { octets, toBytes } from '../../base/octets'

/** Saves a message under its subject. Whatever it holds, the browser gets it as a message and opens nothing. */
export function saveMessage(subject: string, message: string): void {
  const blob = new Blob([toBytes(octets(message))], { type: 'message/rfc822' })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = `${fileName(subject)}.eml`
  link.click()
  URL.revokeObjectURL(url)
}

/** A subject without signs that have a meaning in paths; the name of the file is short. */
export const fileName = (subject: string): string =>
  subject
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .slice(0, 60) || 'letter'
