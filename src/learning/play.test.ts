import { describe, expect, it } from 'vitest'
import twoTowns from '../../lessons/scenarios/two-towns.json'
import { bundledScenario } from '../world/bundledScenario'
import { playSchema } from './deedSchema'
import { interventionsOf } from './play'

const scenario = bundledScenario(twoTowns)
const interventions = (...deeds: readonly object[]) =>
  interventionsOf(playSchema.parse({ scenario: 'two-towns', deeds }), scenario)

describe('the deeds of a run', () => {
  it('say a whole talk line by line, and a list of lines in one breath', () => {
    const said = interventions({
      at: 1000,
      type: 'talk',
      host: 'alice-laptop',
      to: 'mx.bird.example',
      port: 25,
      lines: ['EHLO laptop', ['MAIL FROM:<a@b.example>', 'RSET']],
      hangUp: true,
    })
    expect(said.map(({ at, type }) => [at, type])).toEqual([
      [1000, 'connected'],
      [2000, 'typed'],
      [3000, 'typed'],
      [4000, 'hungUp'],
    ])
    expect(said[2]).toMatchObject({ octets: 'MAIL FROM:<a@b.example>\r\nRSET\r\n', terminal: 't1' })
  })

  it('name a blind copy on the envelope only', () => {
    const [sent] = interventions({
      at: 0,
      type: 'letter',
      to: 'bob@bird.example',
      bcc: ['carol@far.example'],
      subject: 'Plums',
      body: 'Ripe.',
    })
    expect(sent).toMatchObject({ forwardPaths: ['bob@bird.example', 'carol@far.example'] })
    expect(sent?.type === 'submitted' && sent.message.includes('carol')).toBe(false)
  })

  it('change the records of a zone itself, and keep the rest of its text', () => {
    const [edit] = interventions({
      at: 0,
      type: 'records',
      host: 'ns.bird.example',
      apex: 'bird.example.',
      records: ['@ MX 5 store'],
    })
    const lines = edit?.type === 'zoneEdited' ? edit.text.split('\n') : []
    expect(lines.filter((line) => line.includes('MX'))).toEqual(['@ MX 5 store'])
    expect(lines).toContain('mx A 203.0.113.25')
  })

  it('are put in the order of time, whatever the order in which they are written', () => {
    const given = interventions(
      { at: 5000, type: 'powerOn', host: 'bob-phone' },
      { at: 10, type: 'powerOff', host: 'bob-phone' },
    )
    expect(given.map(({ type }) => type)).toEqual(['hostStopped', 'hostStarted'])
  })
})
