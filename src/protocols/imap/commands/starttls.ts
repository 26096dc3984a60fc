import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { offersTls } from '../server/capability'
import { command } from './command'

export const starttls = command({
  name: 'STARTTLS',
  states: ['notAuthenticated'],
  syntax: 'STARTTLS',
  meaning: 'Asks that the wire be encrypted from here on. What was learnt in the clear is forgotten.',
  effect: 'After the OK both sides encrypt; ask for CAPABILITY anew.',
  rfc: 'RFC 9051 section 6.2.1',
  slip: 'Nothing may be sent behind STARTTLS before its OK: it would be thrown away.',
  example: 'STARTTLS',
  scan: end,
  parsed: () => ({ type: 'STARTTLS' }),
  answer: (_args, context) =>
    offersTls(context)
      ? ok('Begin TLS now')
      : { status: 'BAD', text: context.secure ? 'The wire is encrypted already' : 'STARTTLS is not offered here' },
})
