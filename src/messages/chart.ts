import english from './en/chart'
import { topic } from './topic'

export const chartText = topic('chart', english)
