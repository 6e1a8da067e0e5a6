/** Loaded before a program: writes the most memory that it held, in KiB, to descriptor 3 when it ends. */
import { writeSync } from 'node:fs'

process.once('exit', () => void writeSync(3, `${process.resourceUsage().maxRSS}\n`))
