import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { MOST_NOTES, type ReceivedNote, receivedPath } from './receivedPath'

const header = (...fields: readonly string[]) => octets(`${fields.join('\r\n')}\r\n\r\n`)
const noteOf = (field: string): ReceivedNote => {
  const [note] = receivedPath(header(`Received: ${field}`)).notes
  if (!note) throw new Error('no note was read')
  return note
}
/** 21 November 2026, 09:30:00 UTC. */
const HALF_PAST_NINE = Date.UTC(2026, 10, 21, 9, 30)

describe('a Received field', () => {
  const FORMS: readonly (readonly [name: string, field: string, note: Partial<ReceivedNote>])[] = [
    [
      'of RFC 5321',
      'from mx-out.paper.example (mx-out.paper.example [192.0.2.25])\r\n\tby mx.bird.example with ESMTP id 398\r\n\tfor <bob@bird.example>;\r\n\tSat, 21 Nov 2026 09:30:00 +0000',
      {
        from: 'mx-out.paper.example',
        fromName: 'mx-out.paper.example',
        fromAddress: '192.0.2.25',
        by: 'mx.bird.example',
        protocol: 'ESMTP',
        id: '398',
        forAddress: 'bob@bird.example',
        at: HALF_PAST_NINE,
        encrypted: false,
        authenticated: false,
      },
    ],
    [
      'of our submission server',
      'from [192.0.2.10] (alice-laptop [192.0.2.10])\r\n\tby mx-out.paper.example with ESMTPA id 3C6;\r\n\tSat, 21 Nov 2026 09:30:00 +0000',
      { from: '[192.0.2.10]', fromAddress: '192.0.2.10', protocol: 'ESMTPA', authenticated: true, encrypted: false },
    ],
    [
      'as Postfix writes it, with TLS in comments',
      'from out.paper.example (out.paper.example [192.0.2.25])\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n\t key-exchange X25519 server-signature RSA-PSS (2048 bits))\r\n\t(No client certificate requested)\r\n\tby mx.bird.example (Postfix) with ESMTPS id 4FbQ2k1Zz0z9\r\n\tfor <bob@bird.example>; Sat, 21 Nov 2026 10:30:00 +0100 (CET)',
      {
        from: 'out.paper.example',
        fromAddress: '192.0.2.25',
        by: 'mx.bird.example',
        protocol: 'ESMTPS',
        id: '4FbQ2k1Zz0z9',
        forAddress: 'bob@bird.example',
        at: HALF_PAST_NINE,
        encrypted: true,
      },
    ],
    [
      'of a program on the server itself, as Postfix writes it',
      'by web.paper.example (Postfix, from userid 33)\r\n\tid 7C1A220; Sat, 21 Nov 2026 09:30:00 +0000 (UTC)',
      { by: 'web.paper.example', id: '7C1A220', at: HALF_PAST_NINE },
    ],
    [
      'as Exim writes it, with the name of HELO in the comment',
      'from [192.0.2.10] (port=50122 helo=laptop.paper.example)\r\n\tby mail.paper.example with esmtpsa  (TLS1.3) tls TLS_AES_256_GCM_SHA384\r\n\t(Exim 4.98)\r\n\t(envelope-from <alice@paper.example>)\r\n\tid 1tEabc-00000001Xyz-2b3C\r\n\tfor bob@bird.example;\r\n\tSat, 21 Nov 2026 09:30:00 +0000',
      {
        from: 'laptop.paper.example',
        fromAddress: '192.0.2.10',
        by: 'mail.paper.example',
        protocol: 'esmtpsa',
        id: '1tEabc-00000001Xyz-2b3C',
        forAddress: 'bob@bird.example',
        encrypted: true,
        authenticated: true,
        at: HALF_PAST_NINE,
      },
    ],
    [
      'as Exim writes it for a name that it found',
      'from host.paper.example ([192.0.2.10] helo=laptop)\r\n\tby mail.paper.example with esmtp (Exim 4.98) id 1tE; Sat, 21 Nov 2026 09:30:00 +0000',
      { from: 'laptop', fromName: 'host.paper.example', fromAddress: '192.0.2.10', encrypted: false },
    ],
    [
      'as Exchange writes it, with bare addresses and a protocol of several words',
      'from MBX1.bird.example (2001:db8:10a6::15)\r\n by MBX2.bird.example (2001:db8:10a6::16) with Microsoft SMTP Server\r\n (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.8182.12; Sat, 21 Nov\r\n 2026 09:30:00 +0000',
      {
        from: 'MBX1.bird.example',
        fromAddress: '2001:db8:10a6::15',
        by: 'MBX2.bird.example',
        byAddress: '2001:db8:10a6::16',
        protocol: 'Microsoft SMTP Server',
        id: '15.20.8182.12',
        encrypted: true,
        at: HALF_PAST_NINE,
      },
    ],
    [
      'of Exchange’s own way between two mailboxes',
      'from MBX1.bird.example ([fe80::aa:1]) by MBX1.bird.example\r\n ([fe80::aa:1%7]) with mapi id 15.20.8182.012; Sat, 21 Nov 2026 09:30:00 +0000',
      { from: 'MBX1.bird.example', fromAddress: 'fe80::aa:1', by: 'MBX1.bird.example', protocol: 'mapi' },
    ],
    [
      'of a large provider, which names only itself by its address',
      'by 2001:db8:6402:1::5 with SMTP id h4csp51a;\r\n        Sat, 21 Nov 2026 01:30:00 -0800 (PST)',
      {
        by: '2001:db8:6402:1::5',
        byAddress: '2001:db8:6402:1::5',
        protocol: 'SMTP',
        id: 'h4csp51a',
        at: HALF_PAST_NINE,
      },
    ],
    [
      'of a large provider that takes it from outside',
      'from mail-sor-f41.paper.example (mail-sor-f41.paper.example. [192.0.2.41])\r\n        by mx.bird.example with SMTPS id k5sor.1.2026.11.21.01.30.00\r\n        for <bob@bird.example>\r\n        (Large Transport Security);\r\n        Sat, 21 Nov 2026 01:30:00 -0800 (PST)',
      {
        from: 'mail-sor-f41.paper.example',
        fromName: 'mail-sor-f41.paper.example',
        fromAddress: '192.0.2.41',
        by: 'mx.bird.example',
        protocol: 'SMTPS',
        encrypted: true,
        at: HALF_PAST_NINE,
      },
    ],
    [
      'as qmail writes it, with HELO in a comment of its own',
      'from unknown (HELO laptop.paper.example) (192.0.2.10)\r\n  by mail.paper.example with SMTP; 21 Nov 2026 09:30:00 -0000',
      { from: 'laptop.paper.example', fromAddress: '192.0.2.10', by: 'mail.paper.example', at: HALF_PAST_NINE },
    ],
    [
      'of the last step to the mailbox, by LMTP',
      'from mx.bird.example ([192.0.2.30])\r\n\tby store.bird.example with LMTP\r\n\tid QH2gNk1b\r\n\t(envelope-from <alice@paper.example>)\r\n\tfor <bob@bird.example>; Sat, 21 Nov 2026 09:30:00 +0000',
      { from: 'mx.bird.example', fromAddress: '192.0.2.30', by: 'store.bird.example', protocol: 'LMTP' },
    ],
    [
      'as Sendmail writes it, with TLS after the protocol',
      'from out.paper.example (out.paper.example [192.0.2.25])\r\n\tby mx.bird.example (8.18.1/8.18.1) with ESMTPS id 4ALA\r\n\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NO)\r\n\tfor <bob@bird.example>; Sat, 21 Nov 2026 09:30:00 GMT',
      { by: 'mx.bird.example', protocol: 'ESMTPS', encrypted: true, at: HALF_PAST_NINE },
    ],
    [
      'with an IPv6 literal',
      'from [IPv6:2001:db8::10] (laptop [IPv6:2001:db8::10]) by mx.paper.example with ESMTPSA id 1; Sat, 21 Nov 2026 09:30:00 +0000',
      { from: '[IPv6:2001:db8::10]', fromAddress: '2001:db8::10', authenticated: true, encrypted: true },
    ],
    [
      'with the words of a clause after its date, which count no more',
      'from a.example by b.example; Sat, 21 Nov 2026 09:30:00 +0000 for <late@bird.example> with ESMTP id 1',
      { from: 'a.example', by: 'b.example', forAddress: undefined, protocol: undefined, at: HALF_PAST_NINE },
    ],
    [
      'without a date',
      'from a.example by b.example with ESMTP id 1',
      { from: 'a.example', by: 'b.example', protocol: 'ESMTP', id: '1' },
    ],
  ]

  it.each(FORMS)('%s', (_, field, note) => {
    expect(noteOf(field)).toMatchObject({ known: true, ...note })
  })

  it.each([
    ['(qmail 12345 invoked by uid 500); 21 Nov 2026 09:30:00 -0000', HALF_PAST_NINE],
    ['(nonsense', undefined],
    ['', undefined],
    [';;;', undefined],
  ])('in a form that is not known stays text: %s', (field, at) => {
    const { known, by, from, at: read } = noteOf(field)
    expect({ known, by, from, at: read }).toEqual({ known: false, by: undefined, from: undefined, at })
  })

  it('above 64 KiB is not taken apart', () => {
    expect(noteOf(`from ${'a'.repeat(66_000)} by b.example; Sat, 21 Nov 2026 09:30:00 +0000`)).toEqual({
      field: 0,
      known: false,
      authenticated: false,
    })
  })
})

describe('the path of a header', () => {
  const path = receivedPath(
    header(
      'Return-Path: <alice@paper.example>',
      'Received: from b.example by c.example with ESMTP id 11:22:33; Sat, 21 Nov 2026 10:01:04 +0000',
      'Received: from a.example by b.example with ESMTP id 1;\r\n\tSat, 21 Nov 2026 09:30:01 +0000',
      'Date: Sat, 21 Nov 2026 09:30:00 +0000',
      'From: Alice <alice@paper.example>',
      'no field',
    ),
  )

  it('is in the order of travel', () => {
    expect(path.notes.map(({ by }) => by)).toEqual(['b.example', 'c.example'])
    expect(path.date).toEqual({ field: 3, at: HALF_PAST_NINE })
    expect(path.author).toBe('Alice <alice@paper.example>')
  })

  it('keeps every octet of the header in its fields', () => {
    expect(path.fields.map(({ octets: each }) => each).join('')).toMatch(/^Return-Path: [\s\S]+no field\r\n$/)
    expect(path.fields.map(({ fieldName }) => fieldName)).toEqual([
      'Return-Path',
      'Received',
      'Received',
      'Date',
      'From',
      '',
    ])
  })

  it('knows where each date has its time', () => {
    const times = path.fields.flatMap(({ octets: each, clock }) => (clock ? [each.slice(...clock)] : []))
    expect(times).toEqual(['10:01:04 +0000', '09:30:01 +0000', '09:30:00 +0000'])
  })

  it('takes a limited number of fields apart, the newest', () => {
    const many = header(...Array.from({ length: MOST_NOTES + 5 }, (_, n) => `Received: by h${n}.example; x`))
    const { notes, more, fields } = receivedPath(many)
    expect([notes.length, more, fields.length]).toEqual([MOST_NOTES, 5, MOST_NOTES + 5])
    expect(notes.at(-1)?.by).toBe('h0.example')
  })

  it('of a text that is no header is empty', () => {
    expect(receivedPath(octets('Dear Bob,\nhow are you?\n'))).toMatchObject({ notes: [], more: 0 })
  })
})
