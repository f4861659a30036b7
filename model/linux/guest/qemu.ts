import { AGENT_NAME } from '../compile.js';

/** Descriptors that QEMU inherits. */
export const CHANNEL_FD = 3;
export const CONSOLE_FD = 4;

export type Accelerator = 'kvm' | 'tcg';

export interface Machine {
  readonly kernel: string;
  readonly initramfs: string;
  readonly accelerator: Accelerator;
  /** kernel.perf_event_paranoid of the guest. */
  readonly paranoid: number;
  /** What the agent is there for: to be asked on the channel, or to run the programs of the initramfs. */
  readonly task: 'guest' | 'programs';
  /** Further parameters of the kernel. */
  readonly append: string;
}

/** Warnings and worse, all of them; no times, so that lines are short. */
const LOG = 'console=ttyS0 earlyprintk=serial,ttyS0 loglevel=5 printk.time=0 printk.devkmsg=on';

/** An initramfs of one program; a panic, also an early one, ends the guest. */
const parameters = ({ task, paranoid, append }: Machine): string =>
  [LOG, 'panic=-1', `rdinit=/${AGENT_NAME}`, append, '--', task, String(paranoid)]
    .filter((word) => word !== '')
    .join(' ');

/** With these, kernels clear and copy pages by instructions that are emulated byte by byte. */
const SLOW_STRINGS = '-erms,-fsrm';

/**
 * The command line of QEMU: two processors, because perf frees buffers in work queues and under RCU, which go on while CPU 0 is
 * busy; no disk, no network, no display, no file of this machine but kernel and initramfs. Protection keys are left out: emulation
 * and processors differ in whether they are there.
 */
export function qemuArguments(machine: Machine): string[] {
  const { kernel, initramfs, accelerator } = machine;
  return [
    ...['-accel', accelerator === 'tcg' ? 'tcg,thread=multi' : 'kvm'],
    ...['-cpu', accelerator === 'tcg' ? `max,-pku,${SLOW_STRINGS}` : 'max,-pku', '-m', '512', '-smp', '2'],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-kernel', kernel, '-initrd', initramfs, '-append', parameters(machine)],
    ...['-chardev', `socket,id=console,fd=${CONSOLE_FD}`, '-serial', 'chardev:console'],
    ...['-chardev', `socket,id=channel,fd=${CHANNEL_FD}`, '-serial', 'chardev:channel'],
  ];
}
