/** The files of a new lesson, which pass the check as they are. */
export function skeleton({
  unit,
  name,
}: {
  readonly unit: string
  readonly name: string
}): Readonly<Record<string, string>> {
  const id = name.replace(/^\d+-/, '')
  return {
    'lesson.md': lessonText(titleOf(name), unit),
    'quiz.yaml': quizText(id, titleOf(name)),
    'solution.yaml': SOLUTION,
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const lessonText = (title: string, unit: string): string => `---
title: ${quoted(title)}
unit: ${quoted(unit)}
summary: One sentence for the list of lessons.
minutes: 5
covers: [J1]
run: { scenario: two-towns, deeds: [{ at: 1000, type: readyLetter }] }
moments:
  ready: { setsClock: anybody }
  asked: { says: mx-out.paper.example, word: RCPT, port: 25 }
  answered: { says: mx.bird.example, code: '250', nth: 3, after: greeted }
  greeted: { says: mx.bird.example, code: '220' }
checks:
  no-such-person: { inOrder: [{ says: mx.bird.example, code: '550' }] }
  arrived: { inOrder: [{ delivers: store.bird.example }] }
---

::::step{#ready title="A letter lies ready" moment="ready"}

Say in two or three sentences what this lesson is about. **Nothing** has happened on the map yet.

::::

::::step{#envelope title="The envelope is read out" moment="asked"}

::watch[Follow the letter to Bob's exchanger.]

:::predict{moment="answered" answer="250"}

\`RCPT TO:<bob@bird.example>\` What will the exchanger answer?

- \`250\` Yes

  Bob lives here, so the server takes him on the envelope.

- \`550\` No

  It would, if there were no Bob.

:::

::::

:::::step{#your-turn title="Your turn"}

::::task{check="no-such-person" opens="letter"}

Write a letter that Bob's exchanger refuses.

::hint[Whom does it not know?]{grade="nudge"}

::hint[It knows Bob, and nobody else: change what stands before the @.]{grade="pointer"}

::hint[Write to \`nobody@bird.example\`.]{grade="line"}

::mistake[That one arrived: Bob does live there. Take another name.]{when="arrived"}

::praise[\`550\`: it knows its people.]

::::

:::try

Write to Bob and to nobody in one letter. Who gets what?

:::

:::::
`

const quizText = (id: string, title: string): string => `runs:
  journey: { scenario: two-towns, deeds: [{ at: 1000, type: readyLetter }] }
questions:
  - id: ${id}-who
    kind: sort
    title: Who says it?
    from: ${quoted(title)}
    facts: [J1]
    prompt: Give every line its speaker.
    choices:
      - { id: server, label: the exchanger }
      - { id: client, label: the machine that brings the letter }
    items:
      - id: ${id}-greeting
        text: "The greeting, \`220\`"
        key: server
        because:
          server: In SMTP the server speaks first.
          client: It waits until it has been greeted.
        proof:
          server: [{ run: journey, happens: { says: mx.bird.example, code: '220' } }]
        show: { run: journey, moment: { says: mx.bird.example, code: '220' } }
`

const SOLUTION = `your-turn:
  ways:
    - - { at: 60000, type: letter, to: nobody@bird.example, subject: Anybody?, body: Hello }
    - - at: 60000
        type: talk
        host: alice-laptop
        to: mx.bird.example
        port: 25
        lines: [EHLO alice-laptop, 'MAIL FROM:<alice@paper.example>', 'RCPT TO:<someone@bird.example>', QUIT]
  slips:
    arrived:
      - { at: 60000, type: letter, to: bob@bird.example, subject: Lunch, body: Hello }
`

/** `08-my-lesson` is the title `My lesson`. */
export function titleOf(name: string): string {
  const words = name.replace(/^\d+-/, '').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
