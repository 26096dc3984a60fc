import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { offersTls } from '../server/capability'
import { command } from './command'

export const starttls = command({
  name: 'STARTTLS',
  states: ['notAuthenticated'],
  syntax: 'STARTTLS',
  rfc: 'RFC 9051 section 6.2.1',
  example: 'STARTTLS',
  scan: end,
  parsed: () => ({ type: 'STARTTLS' }),
  answer: (_args, context) =>
    offersTls(context)
      ? ok('Begin TLS now')
      : { status: 'BAD', text: context.secure ? 'The wire is encrypted already' : 'STARTTLS is not offered here' },
})
