import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { compareAddresses } from './addresses'

const ALICE = 'alice@paper.example'
const BOB = 'bob@bird.example'
const CAROL = 'carol@island.example'

const messageWith = (...fields: readonly string[]) => octets(`${fields.join('\r\n')}\r\n\r\nHello\r\n`)

describe('the addresses of an envelope beside those of the header', () => {
  it.each([
    ['agree', ALICE, [BOB], [`From: <${ALICE}>`, `To: <${BOB}>`]],
    [
      'agree, in any letter case and with names',
      ALICE,
      [BOB],
      ['From: Alice <Alice@Paper.example>', 'To: Bob <BOB@bird.example>'],
    ],
    [
      'agree, with a reader in Cc',
      ALICE,
      [BOB, CAROL],
      [`From: ${ALICE}`, `To: ${BOB}`, `Cc: "Carol, of the island" <${CAROL}>`],
    ],
    ['agree, with capitals on the envelope', ALICE, ['Bob@Bird.EXAMPLE'], [`From: ${ALICE}`, `To: ${BOB}`]],
    ['fewer: another reader has an envelope of its own', ALICE, [BOB], [`From: ${ALICE}`, `To: ${BOB}, ${CAROL}`]],
    ['hidden: a reader of Bcc beside one of To', ALICE, [BOB, CAROL], [`From: ${ALICE}`, `To: ${BOB}`]],
    ['hidden: the header names nobody', ALICE, [BOB], [`From: ${ALICE}`, 'To: undisclosed-recipients:;']],
    ['elsewhere: a blind copy under an envelope of its own', ALICE, [CAROL], [`From: ${ALICE}`, `To: ${BOB}`]],
    [
      'list: a member under the sender of the list',
      'plums-bounces@list.example',
      [BOB],
      [`From: ${ALICE}`, 'To: plums@list.example', 'List-Id: Plums <plums.list.example>'],
    ],
    ['notice: the sender is null', '', [ALICE], ['From: Mail Delivery <postmaster@paper.example>', `To: ${ALICE}`]],
    ['otherSender: the notices go to another address', 'errors@paper.example', [BOB], [`From: ${ALICE}`, `To: ${BOB}`]],
  ])('%s', (name, reversePath, forwardPaths, fields) => {
    expect(compareAddresses({ reversePath, forwardPaths }, messageWith(...fields)).verdict).toBe(/^\w+/.exec(name)?.[0])
  })

  it('each reader has the field that names it, and the others of the header are listed', () => {
    const { sender, readers, onlyInHeader } = compareAddresses(
      { reversePath: ALICE, forwardPaths: [BOB, 'hidden@bird.example'] },
      messageWith(`From: Alice <${ALICE}>`, `To: ${CAROL}, ${CAROL}`, `Cc: ${BOB}`),
    )
    expect(sender).toEqual({ reversePath: ALICE, fromField: [ALICE], agrees: true })
    expect(readers).toEqual([{ forwardPath: BOB, field: 'Cc' }, { forwardPath: 'hidden@bird.example' }])
    expect(onlyInHeader).toEqual([CAROL])
  })

  it('addresses in the body do not count', () => {
    const { readers } = compareAddresses(
      { reversePath: ALICE, forwardPaths: [BOB] },
      octets(`From: ${ALICE}\r\n\r\nTo: ${BOB}\r\n`),
    )
    expect(readers).toEqual([{ forwardPath: BOB }])
  })
})
