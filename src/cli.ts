#!/usr/bin/env node
import { execute } from './commands/program.ts';

process.exitCode = await execute(process.argv.slice(2), process);
