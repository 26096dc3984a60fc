import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, fromText, type Octets, octets, toBase64 } from '../base/octets'
import {
  type ClientExchange,
  clientRespond,
  clientSendsFirst,
  clientTrusts,
  continueServerExchange,
  nonceOf,
  type SaslAccount,
  type SaslAnswer,
  type SaslMechanism,
  type SaslServer,
  type ServerExchange,
  startClientExchange,
  startServerExchange,
  strongestOf,
} from '.'
import { cramDigest } from './cramMd5'
import { prepare } from './prepare'
import { isProof, proofOf, saltedPassword, verifierOf } from './scram'
import { scramClientFinal, scramClientFirst, scramClientTrust } from './scramClient'
import { scramFinal } from './scramServer'

const ACCOUNTS: readonly SaslAccount[] = [
  { user: 'alice@example.test', password: 'secret' },
  { user: 'bob@example.test', password: 'a longer, better = password' },
  { user: 'renée@example.test', password: 'mot de passe é' },
]

const server: SaslServer = {
  hostName: 'mail.example.test',
  unixMs: 1_795_253_400_000,
  seed: 'seed 1',
  find: (name) => ACCOUNTS.find(({ user }) => user === name.toLowerCase() || user.split('@')[0] === name.toLowerCase()),
}
const MECHANISMS: readonly SaslMechanism[] = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256']

interface Login {
  readonly outcome: SaslAnswer | 'clientGaveUp'
  readonly client: ClientExchange
}

/** Joins a client and a server until one of them ends the exchange. Both states pass through JSON after each step. */
function logIn(mechanism: SaslMechanism, user: string, password: string, withInitial = true): Login {
  let client = startClientExchange(mechanism, { user, password, nonce: 'clientNonce' })
  const respond = (challenge: Octets): Octets | undefined => {
    const [next, response] = clientRespond(client, challenge)
    client = JSON.parse(JSON.stringify(next)) as ClientExchange
    return response === 'failed' ? undefined : response
  }
  const initial = withInitial && clientSendsFirst(mechanism) ? respond(octets('')) : undefined
  let [exchange, answer] = startServerExchange(server, mechanism, initial)
  for (let lines = 0; answer.type === 'saslChallenge' && lines < 5; lines++) {
    const response = respond(answer.challenge)
    if (response === undefined) return { outcome: 'clientGaveUp', client }
    ;[exchange, answer] = continueServerExchange(
      server,
      JSON.parse(JSON.stringify(exchange)) as ServerExchange,
      response,
    )
  }
  return { outcome: answer, client }
}

describe('both ends joined', () => {
  test.each(MECHANISMS)('%s: the right password logs in, by whole address or local part', (mechanism) => {
    for (const { user, password } of ACCOUNTS) {
      for (const name of [user, user.split('@')[0] as string]) {
        const { outcome, client } = logIn(mechanism, name, password)
        expect(outcome, name).toEqual({ type: 'authenticated', user })
        expect(clientTrusts(client)).toBe(true)
      }
    }
  })

  test.each(MECHANISMS)('%s: works without an initial response', (mechanism) => {
    expect(logIn(mechanism, 'alice', 'secret', false).outcome).toMatchObject({ type: 'authenticated' })
  })

  test.each(MECHANISMS)('%s: a wrong password, another user’s and an unknown user fail alike', (mechanism) => {
    for (const [user, password] of [
      ['alice', 'Secret'],
      ['alice', 'a longer, better = password'],
      ['nobody', 'secret'],
      ['alice', ''],
    ] as const) {
      expect(logIn(mechanism, user, password).outcome, `${user} ${password}`).toEqual({ type: 'authenticationFailed' })
    }
  })

  test('whatever the name and the password are, only the right ones log in', () => {
    const words = fc.oneof(fc.constantFrom('alice', 'bob', 'secret'), fc.string({ unit: 'binary', maxLength: 12 }))
    fc.assert(
      fc.property(
        fc.constantFrom<SaslMechanism>('PLAIN', 'LOGIN', 'CRAM-MD5'),
        words,
        words,
        (mechanism, user, given) => {
          const account = server.find(prepare(user) ?? '')
          const right = account !== undefined && prepare(account.password) === prepare(given)
          const { outcome } = logIn(mechanism, user, given)
          expect(outcome !== 'clientGaveUp' && outcome.type === 'authenticated').toBe(right)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('no response breaks the server, whatever its octets are', () => {
    const anything = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((n) => String.fromCharCode(n)) })
    fc.assert(
      fc.property(
        fc.constantFrom(...MECHANISMS),
        fc.option(anything),
        fc.array(anything, { maxLength: 4 }),
        (m, initial, lines) => {
          let [exchange, answer] = startServerExchange(server, m, initial === null ? undefined : octets(initial))
          for (const line of lines) {
            if (exchange) [exchange, answer] = continueServerExchange(server, exchange, octets(line))
          }
          expect(answer.type).not.toBe('authenticated')
          expect(exchange === undefined).toBe(answer.type === 'authenticationFailed')
        },
      ),
    )
  })
})

describe('PLAIN (RFC 4616)', () => {
  const plain = (message: string) => startServerExchange(server, 'PLAIN', fromText(message))[1]

  test.each([
    ['\0alice\0secret', 'alice@example.test'],
    ['alice\0alice\0secret', 'alice@example.test'],
    ['alice@example.test\0ALICE\0secret', 'alice@example.test'],
    ['\0renée\0mot de passe é', 'renée@example.test'],
    // A non-ASCII space counts as a space and a soft hyphen as nothing (RFC 4013 section 2.1).
    ['\0renée\0mot\u00a0de pa\u00adsse é', 'renée@example.test'],
  ])('%j is %s', (message, user) => {
    expect(plain(message)).toEqual({ type: 'authenticated', user })
  })

  test.each([
    ['another authorization identity', 'bob\0alice\0secret'],
    ['an authorization identity that nobody has', 'zoe\0alice\0secret'],
    ['no user', '\0\0secret'],
    ['no password', '\0alice\0'],
  ])('%s fails', (_, message) => {
    expect(plain(message)).toEqual({ type: 'authenticationFailed' })
  })

  test.each([
    ['no NUL', 'alice secret'],
    ['one NUL', 'alice\0secret'],
    ['three', '\0alice\0secret\0'],
    ['empty', ''],
  ])('%s makes it no message of PLAIN', (_, message) => {
    expect(plain(message)).toEqual({
      type: 'authenticationFailed',
      malformed: expect.stringMatching(/no PLAIN message/),
    })
  })

  test('octets that are not UTF-8 fail', () => {
    expect(startServerExchange(server, 'PLAIN', octets('\0alice\0secret\xff'))[1].type).toBe('authenticationFailed')
  })

  test('without an initial response the challenge is empty', () => {
    expect(startServerExchange(server, 'PLAIN', undefined)[1]).toEqual({ type: 'saslChallenge', challenge: '' })
  })
})

describe('LOGIN', () => {
  test('asks for user name and password in the words that all clients know', () => {
    const [first, asksUser] = startServerExchange(server, 'LOGIN', undefined)
    expect(asksUser).toEqual({ type: 'saslChallenge', challenge: 'Username:' })
    const [, asksPassword] = continueServerExchange(server, first as ServerExchange, octets('alice'))
    expect(asksPassword).toEqual({ type: 'saslChallenge', challenge: 'Password:' })
  })

  test('the user name may be an initial response', () => {
    expect(startServerExchange(server, 'LOGIN', octets('alice'))[1]).toEqual({
      type: 'saslChallenge',
      challenge: 'Password:',
    })
  })
})

describe('CRAM-MD5 (RFC 2195)', () => {
  test('the example of section 2', () => {
    const challenge = octets('<1896.697170952@postoffice.reston.mci.net>')
    expect(cramDigest('tanstaaftanstaaf', challenge)).toBe('b913a602c7eda7a495b4e6e7334d3890')
    const client = startClientExchange('CRAM-MD5', { user: 'tim', password: 'tanstaaftanstaaf', nonce: '' })
    const [, response] = clientRespond(client, challenge)
    expect(toBase64(response as Octets)).toBe('dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw')
  })

  test('a challenge looks like a Message-ID with the time and the server’s name, and is new each time', () => {
    const challenge = (seed: string) => {
      const [, answer] = startServerExchange({ ...server, seed }, 'CRAM-MD5', undefined)
      return answer.type === 'saslChallenge' ? answer.challenge : ''
    }
    expect(challenge('a')).toMatch(/^<[A-Za-z0-9]+\.1795253400@mail\.example\.test>$/)
    expect(challenge('a')).not.toBe(challenge('b'))
  })

  test('a response to another challenge fails, and so does an initial response', () => {
    const [exchange] = startServerExchange(server, 'CRAM-MD5', undefined)
    const old = octets(`alice ${cramDigest('secret', octets('<old@mail.example.test>'))}`)
    expect(continueServerExchange(server, exchange as ServerExchange, old)[1].type).toBe('authenticationFailed')
    expect(startServerExchange(server, 'CRAM-MD5', octets('x'))[1]).toEqual({
      type: 'authenticationFailed',
      malformed: 'CRAM-MD5 takes no initial response',
    })
  })

  test.each(['', 'alice', 'alice 0123', '\0alice\0secret'])('%j is no response at all', (response) => {
    const [exchange] = startServerExchange(server, 'CRAM-MD5', undefined)
    expect(continueServerExchange(server, exchange as ServerExchange, octets(response))[1]).toEqual({
      type: 'authenticationFailed',
      malformed: expect.stringMatching(/no CRAM-MD5 response/),
    })
  })
})

describe('SCRAM-SHA-256 (RFC 5802, RFC 7677)', () => {
  // RFC 7677 section 3.
  const OURS = 'rOprNGfwEbeRWgbNEkqO'
  const BARE = octets(`n=user,r=${OURS}`)
  const NONCE = `${OURS}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`
  const CHALLENGE = octets(`r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`)
  const PROOF = 'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ='
  const SIGNATURE = '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='

  test('the example of RFC 7677: client', () => {
    expect(scramClientFirst('user', OURS)?.[1]).toBe(`n,,${BARE}`)
    const final = scramClientFinal('pencil', OURS, BARE, CHALLENGE)
    expect(final?.[1]).toBe(`c=biws,r=${NONCE},p=${PROOF}`)
    const signature = final?.[0].phase === 'sentFinal' ? final[0].signature : octets('')
    expect(toBase64(signature)).toBe(SIGNATURE)
    expect(scramClientTrust(signature, octets(`v=${SIGNATURE}`))?.[0]).toEqual({ phase: 'trusted' })
    expect(scramClientTrust(signature, octets(`v=${PROOF}`))).toBeUndefined()
    expect(scramClientTrust(signature, octets('e=invalid-proof'))).toBeUndefined()
  })

  test('the example of RFC 7677: server', () => {
    const salt = fromBase64(octets('W22ZaJ0SNY7soEsUEjb6gQ==')) as Octets
    const authMessage = octets(`${BARE},${CHALLENGE},c=biws,r=${NONCE}`)
    const verifier = verifierOf('pencil', salt)
    expect(isProof(verifier, authMessage, fromBase64(octets(PROOF)) as Octets)).toBe(true)
    expect(isProof(verifier, authMessage, fromBase64(octets(SIGNATURE)) as Octets)).toBe(false)
    expect(toBase64(proofOf(saltedPassword('pencil', salt, 4096), authMessage).signature)).toBe(SIGNATURE)
  })

  test.each([
    ['a nonce that is not ours', `r=x${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ['a nonce to which nothing was added', `r=${OURS},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ['too few rounds', `r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095`],
    ['rounds enough to keep it busy for hours', `r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999`],
    ['a mandatory extension', `m=x,r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ['no salt', `r=${NONCE},i=4096`],
  ])('the client gives up at %s', (_, challenge) => {
    expect(scramClientFinal('pencil', OURS, BARE, octets(challenge))).toBeUndefined()
  })

  const first = (message: string) => startServerExchange(server, 'SCRAM-SHA-256', fromText(message))

  test.each([
    ['n,,n=alice,r=abc', 'no channel binding'],
    ['y,,n=alice,r=abc', 'the client could bind, the server not'],
    ['n,a=alice,n=alice,r=abc', 'an authorization identity'],
    ['n,,n=alice,r=abc,x=an extension', 'an extension that may be passed over'],
    ['n,,n=nobody,r=abc', 'an unknown user, so that nobody learns who exists'],
    ['n,,n=a=2Cb=3Dc,r=abc', 'a name with comma and equals sign'],
  ])('%s is answered by a challenge: %s', (message) => {
    const [, answer] = first(message)
    expect(answer).toMatchObject({
      type: 'saslChallenge',
      challenge: expect.stringMatching(/^r=abc[^,]{18,},s=[A-Za-z0-9+/=]{24},i=4096$/),
    })
  })

  test.each([
    ['p=tls-unique,,n=alice,r=abc', 'a channel binding'],
    ['n,,m=x,n=alice,r=abc', 'a mandatory extension'],
    ['n,n=alice,r=abc', 'half a header'],
    ['n,,n=alice', 'no nonce'],
    ['n,,n=,r=abc', 'no name'],
    ['n,,n=a=2Xb,r=abc', 'a bad escape'],
    ['x,,n=alice,r=abc', 'an unknown flag'],
    ['n,,n=al\0ice,r=abc', 'NUL'],
  ])('%s fails: %s', (message) => {
    expect(first(message)[1]).toEqual({ type: 'authenticationFailed', malformed: expect.stringMatching(/SCRAM/) })
  })

  /** The server's state and the client's final message after a good first exchange. */
  function toTheProof(header = 'n,,', user = 'alice') {
    const [exchange, answer] = first(`${header}n=${user},r=abc`)
    const challenge = answer.type === 'saslChallenge' ? answer.challenge : octets('')
    const final = scramClientFinal('secret', 'abc', octets(`n=${user},r=abc`), challenge)?.[1] ?? octets('')
    return { exchange: exchange as ServerExchange, final }
  }

  test('the proof covers the header and the nonce of the first message', () => {
    const { exchange, final } = toTheProof()
    expect(continueServerExchange(server, exchange, final)[1].type).toBe('saslChallenge')
    for (const bad of [
      final.replace('c=biws', 'c=eSws'),
      final.replace('r=abc', 'r=abd'),
      final.replace(/p=./, (p) => (p === 'p=A' ? 'p=B' : 'p=A')),
      final.replace(/p=.*/, 'p=AAAA'),
    ]) {
      expect(continueServerExchange(server, exchange, octets(bad))[1], bad).toEqual({ type: 'authenticationFailed' })
    }
    for (const none of [final.replace(/,p=.*/, ''), '', 'secret']) {
      const [, answer] = continueServerExchange(server, exchange, octets(none))
      expect(answer, none).toEqual({
        type: 'authenticationFailed',
        malformed: expect.stringMatching(/no final message of SCRAM/),
      })
    }
    // The client sent `n` first and `y` last: an attacker changed it on the way.
    expect(continueServerExchange(server, toTheProof('y,,').exchange, final)[1].type).toBe('authenticationFailed')
  })

  /** The answer to a final message with a valid proof for exactly these words. */
  function finalAnswer(header: string, withoutProof: (nonce: string) => string, change: object = {}) {
    const { exchange } = toTheProof(header)
    const state =
      exchange.mechanism === 'SCRAM-SHA-256' && exchange.scram.phase === 'final' ? exchange.scram : undefined
    const said = withoutProof(state?.nonce ?? '')
    const salt = /s=([^,]+)/.exec(state?.soFar ?? '')?.[1] ?? ''
    const salted = saltedPassword('secret', fromBase64(octets(salt)) as Octets, 4096)
    const { proof } = proofOf(salted, octets(`${state?.soFar},${said}`))
    return scramFinal(server, { ...state, ...change } as never, octets(`${said},p=${toBase64(proof)}`))[1].type
  }

  test('a valid proof is not enough: nonce and header must be those of the first message', () => {
    expect(finalAnswer('n,,', (nonce) => `c=biws,r=${nonce}`)).toBe('saslChallenge')
    expect(finalAnswer('n,,', (nonce) => `c=biws,r=${nonce}x`)).toBe('authenticationFailed')
    expect(finalAnswer('n,,', () => 'c=biws,r=abc')).toBe('authenticationFailed')
    expect(finalAnswer('n,,', (nonce) => `c=eSws,r=${nonce}`)).toBe('authenticationFailed')
    expect(finalAnswer('y,,', (nonce) => `c=eSws,r=${nonce}`)).toBe('saslChallenge')
  })

  test('no user acts for another', () => {
    const binding = toBase64(octets('n,a=bob,'))
    const said = (nonce: string) => `c=${binding},r=${nonce}`
    expect(finalAnswer('n,a=bob,', said)).toBe('authenticationFailed')
    expect(finalAnswer('n,a=bob,', said, { identity: 'ALICE' })).toBe('saslChallenge')
  })

  test('a client does not believe a success before the server has proven itself', () => {
    let client = startClientExchange('SCRAM-SHA-256', { user: 'alice', password: 'secret', nonce: 'abc' })
    ;[client] = clientRespond(client, octets(''))
    expect(clientTrusts(client)).toBe(false)
  })

  test('a user gets the same salt each time, and another user another one', () => {
    const saltIn = (name: string, seed: string) => {
      const [, answer] = startServerExchange({ ...server, seed }, 'SCRAM-SHA-256', octets(`n,,n=${name},r=abc`))
      return answer.type === 'saslChallenge' ? /s=[^,]+/.exec(answer.challenge)?.[0] : undefined
    }
    expect(saltIn('alice', 'a')).toBe(saltIn('alice@example.test', 'b'))
    expect(saltIn('nobody', 'a')).toBe(saltIn('nobody', 'b'))
    expect(saltIn('alice', 'a')).not.toBe(saltIn('bob', 'a'))
  })
})

describe('SASLprep (RFC 4013 section 3)', () => {
  test.each([
    ['I\u00adX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    ['a\u00a0b', 'a b'],
    ['\u0007', undefined],
    ['a\0b', undefined],
    ['\ue000', undefined],
  ])('%j becomes %j', (text, prepared) => {
    expect(prepare(text)).toBe(prepared)
  })
})

test('a nonce has no comma and depends only on its seed', () => {
  expect(nonceOf('a')).toMatch(/^[A-Za-z0-9+/]{24}$/)
  expect(nonceOf('a')).toBe(nonceOf('a'))
  expect(nonceOf('a')).not.toBe(nonceOf('b'))
})

test('the strongest mechanism that both ends know is chosen', () => {
  expect(strongestOf(['PLAIN', 'LOGIN', 'cram-md5'])).toBe('CRAM-MD5')
  expect(strongestOf(['PLAIN', 'SCRAM-SHA-256', 'XOAUTH2'])).toBe('SCRAM-SHA-256')
  expect(strongestOf(['PLAIN', 'SCRAM-SHA-256'], ['PLAIN', 'LOGIN'])).toBe('PLAIN')
  expect(strongestOf(['XOAUTH2'])).toBeUndefined()
})
