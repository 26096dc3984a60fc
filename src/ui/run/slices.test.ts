import { expect, it } from 'vitest'
import { START } from '../../base/time'
import type { Steps } from '../../world/timeline'
import { createSlices } from './slices'

it('a failure in a slice ends the work and is reported', () => {
  const wrong = new Error('wrong')
  function* fails(): Steps {
    yield { at: START, facts: 0, soFar: () => expect.fail() }
    throw wrong
  }
  const failures: unknown[] = []
  createSlices().begin(fails(), {
    told: () => expect.fail(),
    done: () => expect.fail(),
    failed: (error) => failures.push(error),
  })
  expect(failures).toEqual([wrong])
})
