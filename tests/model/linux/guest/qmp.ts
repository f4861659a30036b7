// QEMU with a socket to command it by: for plants that no guest could do to itself.
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

/** An emulator that can be commanded. */
export interface Commanded {
  readonly emulator: string;
  readonly command: (name: string) => Promise<void>;
}

/** @param folder for the socket, and for what starts QEMU with it */
export async function commanded(folder: string): Promise<Commanded> {
  const emulator = join(folder, 'emulator');
  const socket = join(folder, 'qmp');
  const script = `#!/bin/sh\nexec qemu-system-x86_64 "$@" -qmp unix:${socket},server=on,wait=off\n`;
  await writeFile(emulator, script, { mode: 0o755 });
  return {
    emulator,
    command: async (name) => {
      const client = connect(socket);
      client.on('error', () => undefined);
      await once(client, 'data');
      for (const execute of ['qmp_capabilities', name]) {
        client.write(JSON.stringify({ execute }));
        await once(client, 'data');
      }
      client.destroy();
    },
  };
}
