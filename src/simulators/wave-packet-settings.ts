import { requireNumber, unknownName } from '../core/errors.ts';
import { requireWavePacket, type WavePacketOptions } from './wave-packet-direct.ts';

/** Everything that defines a family of wave-packet problems; lengths and times in samples. */
export interface WavePacketProblemOptions extends WavePacketOptions {
  /** Standard deviation of the normal noise added to every sample, >= 0; 0.1 unless given. */
  readonly noise?: number;
  /** Middle of the prior and initial guess; 64 unless given. */
  readonly center?: number;
  /** Half width of the uniform prior of t0*, > 0; 32 unless given. */
  readonly halfWidth?: number;
}

export type WavePacketSettingName = 'A' | 'B' | 'C' | 'D';

const shared = { noise: 0.1, center: 64, halfWidth: 32, samples: 128 };

/**
 * The four settings that are shown, by half width of the prior over carrier period: A 2/3, B 1, C 2, D 4.
 * The choice of numbers is ours; of the paper's experiment they share the phenomenon only.
 *
 * @example
 * wavePacketSettings.B.period; // => 32
 */
export const wavePacketSettings: Readonly<Record<WavePacketSettingName, Required<WavePacketProblemOptions>>> =
  Object.freeze({
    A: Object.freeze({ sigma: 12, period: 48, ...shared }),
    B: Object.freeze({ sigma: 8, period: 32, ...shared }),
    C: Object.freeze({ sigma: 8, period: 16, ...shared }),
    D: Object.freeze({ sigma: 8, period: 8, ...shared }),
  });

/** The options of a setting, or the given ones with defaults filled in and checked. */
export function requireWavePacketProblem(
  where: string,
  setting: WavePacketSettingName | WavePacketProblemOptions,
): Required<WavePacketProblemOptions> {
  if (typeof setting === 'string') {
    if (!Object.hasOwn(wavePacketSettings, setting)) {
      throw unknownName(`${where}: "setting"`, setting, Object.keys(wavePacketSettings));
    }
    return wavePacketSettings[setting];
  }
  const { noise = shared.noise, center = shared.center, halfWidth = shared.halfWidth } = setting;
  return {
    ...requireWavePacket(where, setting),
    noise: requireNumber(`${where}: "noise"`, noise, { minimum: 0 }),
    center: requireNumber(`${where}: "center"`, center),
    halfWidth: requireNumber(`${where}: "halfWidth"`, halfWidth, { above: 0 }),
  };
}
