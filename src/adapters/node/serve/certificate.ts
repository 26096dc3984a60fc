import { constants } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { generate } from 'selfsigned'

/**
 * A certificate for this machine and for the hosts of a world, signed by itself and made anew at each start: programs
 * have to be told not to verify it.
 */
export async function selfSigned(names: readonly string[]): Promise<SecureContext> {
  const altNames = [
    ...['localhost', ...names].map((value) => ({ type: 2 as const, value })),
    ...['127.0.0.1', '::1'].map((ip) => ({ type: 7 as const, ip })),
  ]
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
  // A handshake costs the server more than the program that asks for it, and nothing here needs a second one: TLS 1.3 has none.
  return createSecureContext({ key, cert, minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_RENEGOTIATION })
}
