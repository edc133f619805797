// A mail server on loopback (npm smtp-server): node mail-server.js CERTIFICATE KEY. Its first line is its port, each further one a
// mail that it took, as JSON. It wants STARTTLS and a password; whoever is called "refused" gets nothing.
import fs from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [cert, key] = process.argv.slice(2).map((file) => fs.readFileSync(file));
const server = new SMTPServer({
  cert,
  key,
  onAuth({ username, password }, { secure }, callback) {
    const known = secure && username === 'decant' && password === 'a password of the mail server';
    callback(known ? null : new Error('Invalid username or password'), { user: username });
  },
  onRcptTo({ address }, _, callback) {
    callback(address.startsWith('refused') ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null);
  },
  onData(stream, session, callback) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const raw = Buffer.concat(parts).toString('base64');
      console.log(JSON.stringify({ to: session.envelope.rcptTo.map((one) => one.address), secure: session.secure, user: session.user, raw }));
      callback();
    });
  },
});
server.on('error', () => {}); // A client that hangs up is no reason to end.
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
// It goes with the test that started it.
process.stdin.on('end', () => process.exit(0)).resume();
