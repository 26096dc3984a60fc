import { Line } from '../support/line'
import type { ServedWorld } from '../support/servedWorld'

/** Removes all messages from a user's maildrop by POP3, octet for octet: one character each. */
export async function collect(world: ServedWorld, user: string): Promise<readonly string[]> {
  const line = await Line.to(world.port('pop3'))
  line.say(`USER ${user}\r\nPASS secret\r\nSTAT\r\n`)
  const count = Number(/^\+OK (\d+) \d+/m.exec(await line.until(/^\+OK \d+ \d+\r\n/m))?.[1])
  const messages: string[] = []
  for (let number = 1; number <= count; number++) {
    line.say(`RETR ${number}\r\n`)
    const response = await line.until(/\r\n\.\r\n$/)
    messages.push(response.slice(response.indexOf('\r\n') + 2, -3).replace(/^\./gm, ''))
    line.say(`DELE ${number}\r\n`)
    await line.until(/^\+OK/)
  }
  line.say('QUIT\r\n')
  await line.closed
  return messages
}

/** The written message, without the fields that servers added before it. */
export const asWritten = (message: string | undefined, firstField: string): string | undefined =>
  message?.slice(message.indexOf(`${firstField}:`))

/** Sends messages for a user to port 25. */
export async function deliver(world: ServedWorld, user: string, testMessages: readonly string[]): Promise<void> {
  const line = await Line.to(world.port('smtp'))
  line.say('EHLO me.example\r\n')
  await line.until(/^250 .*\r\n/m)
  for (const testMessage of testMessages) {
    line.say(`MAIL FROM:<alice@example.test>\r\nRCPT TO:<${user}>\r\nDATA\r\n`)
    await line.until(/^354 /m)
    line.say(`${testMessage.replace(/^\./gm, '..')}.\r\n`)
    await line.until(/^250 2\.0\.0 /m)
  }
  line.say('QUIT\r\n')
  await line.closed
}
