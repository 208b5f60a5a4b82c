// A PNG picture of a sunset, painted pixel by pixel.
import { crc32, deflateSync } from 'node:zlib';

/** As Playwright's setFiles wants it. */
export function picture({ name, width, height }) {
    const rows = Buffer.concat(
        Array.from({ length: height }, (_, y) => Buffer.from([0, ...row(y / height, width, height)])),
    );
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    // Eight bits a colour, red, green and blue.
    header.set([8, 2, 0, 0, 0], 8);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const buffer = Buffer.concat([
        signature,
        chunk('IHDR', header),
        chunk('IDAT', deflateSync(rows)),
        chunk('IEND', Buffer.alloc(0)),
    ]);
    return { name, mimeType: 'image/png', buffer };
}

function row(y, width, height) {
    return Array.from({ length: width }, (_, x) => {
        const fromSun = Math.hypot(x / width - 0.5, ((y - 0.6) * height) / width);
        if (fromSun < 0.1) {
            return [255, 236, 170];
        }
        return y > 0.72 ? [38, 50, 92 + 60 * (1 - y)] : [255 - 90 * y * fromSun, 120 + 90 * y, 110 - 40 * y];
    }).flat();
}

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
}
