import { once } from 'node:events'
import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../src/hosts/catalogue'
import type { Intervention } from '../src/world/intervention'
import type { Scenario } from '../src/world/scenario'
import { startTimeline, worldAt } from '../src/world/timeline'
import { Line } from './support/line'
import { type ServedWorld, serveWorld, spawnWorld } from './support/servedWorld'

interface Run {
  readonly scenario: Scenario
  readonly seed: number
  readonly epoch: number
  readonly now: number
  readonly complete: boolean
}
interface Heard {
  readonly run: Run
  readonly interventions: readonly Intervention[]
  readonly now: number
}

/** Listens to the events as a page does, until enough have come. */
function listen(port: number, enough: (heard: Heard) => boolean): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', path: '/watch/events' }, (response) => {
      expect(response.statusCode).toBe(200)
      expect(response.headers['content-type']).toBe('text/event-stream')
      const interventions: Intervention[] = []
      let run: Run | undefined
      let now = 0
      let text = ''
      response.setEncoding('utf8').on('data', (more: string) => {
        text += more
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? []
          text = text.slice(end + 2)
          const value = JSON.parse(data ?? 'null')
          if (name === 'run') run = value
          else if (name === 'intervention') interventions.push(value)
          else if (name === 'now') now = value.now
        }
        const heard = run && { run, interventions, now }
        if (heard && enough(heard)) {
          response.destroy()
          resolve(heard)
        }
      })
    })
    request.on('error', reject)
  })
}

describe('--watch', () => {
  let world: ServedWorld
  beforeAll(async () => {
    world = await serveWorld('--scenario', 'example-test', '--smtp', '0', '--watch', '0')
  })
  afterAll(async () => {
    await world.end()
  })

  const typed = (heard: Heard): string =>
    heard.interventions.map((one) => (one.type === 'typed' ? one.octets : '')).join('')

  it('sends a page the run and its interventions, live; the page gets the same world', async () => {
    const live = listen(world.port('watch'), (heard) => typed(heard).includes('QUIT') && heard.now > 0)
    const line = await Line.to(world.port('smtp'))
    line.say('EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n')
    await line.until(/^354/m)
    line.say('Subject: w\xe4tched\r\n\r\n.\r\n')
    const reply = await line.until(/^250 2\.0\.0 .*\r\n/m)
    line.say('QUIT\r\n')
    await line.closed
    const heard = await live
    expect(heard.run).toMatchObject({ complete: true, epoch: Date.parse(heard.run.scenario.epoch) })
    expect(Math.abs(heard.run.epoch + heard.now - Date.now())).toBeLessThan(5000)
    const { scenario, seed } = heard.run
    const timeline = startTimeline(scenario, catalogue, { seed, interventions: heard.interventions })
    const said = timeline.trace.flatMap((fact) =>
      fact.type === 'sent' && fact.host === 'mail.example.test' ? [fact.octets] : [],
    )
    // The same reply with its queue name.
    expect(said.join('')).toContain(reply)
    const there = world.world()
    expect(worldAt(timeline, catalogue, there.now)).toEqual(there)
  })

  it('sends a later page all earlier interventions', async () => {
    const line = await Line.to(world.port('smtp'))
    line.say('EHLO late\r\n')
    await line.until(/^250 /m)
    const heard = await listen(world.port('watch'), (so) => typed(so).includes('EHLO late'))
    expect(typed(heard)).toMatch(/^EHLO/)
    expect(heard.interventions.map(({ at }) => at)).toEqual(
      heard.interventions.map(({ at }) => at).toSorted((a, b) => a - b),
    )
    line.hangUp()
  })

  it('serves the page itself, and accepts no input', async () => {
    const page = await fetch(`http://127.0.0.1:${world.port('watch')}/`)
    expect(await page.text()).toContain('<div id="root">')
    const post = await fetch(`http://127.0.0.1:${world.port('watch')}/watch/events`, { method: 'POST', body: '{}' })
    expect(post.status).toBe(405)
  })

  it.each(['http://localhost:5173', 'http://127.0.0.1:8000', 'https://evil.example'])(
    'lets no page of another origin read the events: %s',
    async (origin) => {
      for (const [path, status] of [
        ['/', 200],
        ['/watch/events', 403],
      ] as const) {
        const stop = new AbortController()
        const url = `http://127.0.0.1:${world.port('watch')}${path}`
        const answer = await fetch(url, { headers: { Origin: origin }, signal: stop.signal })
        expect(answer.status).toBe(status)
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull()
        stop.abort()
      }
    },
  )

  // Without an Origin: a picture of a page elsewhere, and a name that somebody else's DNS has for this machine.
  it.each([
    ['cross-site', undefined, 403],
    ['same-site', undefined, 403],
    ['none', 'rebound.example', 403],
    ['same-origin', undefined, 200],
    ['none', undefined, 200],
  ] as const)('asked %s as %s, the events are answered with %i', async (site, name, status) => {
    const port = world.port('watch')
    const headers = { 'Sec-Fetch-Site': site, ...(name !== undefined && { Host: `${name}:${port}` }) }
    // `fetch` sets these headers itself.
    const asked = get({ host: '127.0.0.1', port, path: '/watch/events', headers })
    const [answer] = (await once(asked, 'response')) as [{ statusCode: number }]
    expect(answer.statusCode).toBe(status)
    asked.destroy()
  })

  it('ends with 0, with and without pages', async () => {
    const process = await spawnWorld('--scenario', 'example-test', '--watch', '0')
    await listen(process.port('watch'), () => true)
    expect(await process.end()).toBe(0)
  })
})
