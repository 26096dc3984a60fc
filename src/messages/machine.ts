import english from './en/machine'
import { topic } from './topic'

export const machineText = topic('machine', english)
