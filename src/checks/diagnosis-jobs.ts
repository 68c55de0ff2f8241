import { loadSubject } from '../claims/user-module.ts';
import type { Facts } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import {
  concludeDiagnosis,
  type DiagnosisOptions,
  type DiagnosisSubject,
  diagnosisTraining,
  probeProblem,
} from '../diagnosis/diagnose-problem.ts';
import type { Diagnosis, Probes } from '../diagnosis/diagnosis.ts';
import type { Units } from '../diagnosis/standardized-problem.ts';

/** A part of the diagnosis of a module's problem: plain data, so that it can cross threads. */
export type DiagnosisJob = { readonly module: string; readonly options: DiagnosisOptions } & (
  | { readonly job: 'probes' }
  | { readonly job: 'training'; readonly units: Units; readonly k: number }
  | { readonly job: 'conclusion'; readonly probes: Probes; readonly facts: readonly Facts[] }
);

export async function performDiagnosis(job: DiagnosisJob): Promise<Probes | Facts | Diagnosis> {
  const subject = await problemOf(job.module);
  switch (job.job) {
    case 'probes':
      return probeProblem(subject, job.options);
    case 'training':
      return diagnosisTraining(subject, job.options, job.units, job.k);
    case 'conclusion':
      return concludeDiagnosis(subject, job.options, job.probes, job.facts);
  }
}

async function problemOf(module: string): Promise<DiagnosisSubject> {
  const { kind, subject } = await loadSubject(module);
  if (kind === 'problem') return subject;
  throw new InverseClaimsError('solver-protocol', {
    where: `check: ${module}`,
    expected: 'a problem to diagnose',
    received: `a ${kind}`,
  });
}
