import english from './en/stage'
import { topic } from './topic'

export const stageText = topic('stage', english)
