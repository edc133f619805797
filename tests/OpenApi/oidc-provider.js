// An OpenID Connect provider on loopback for one client: node oidc-provider.js REDIRECT_URI. Its first line says where it is.
// Anybody signs in there by a name; whoever is called "root" has the role "decant-admin".
import http from 'node:http';
import Provider from 'oidc-provider';

const [redirect] = process.argv.slice(2);
const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'decant', client_secret: 'a secret of the client', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
    pkce: { methods: ['S256'], required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'roles'] },
    // Agents' clients register themselves (RFC 7591), and ask for a token that is for one server alone (RFC 8707).
    features: {
      registration: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: (_, resource) => ({ scope: '', audience: resource, accessTokenFormat: 'jwt' }) },
    },
    cookies: { keys: ['a key for the cookies of this run'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: id, roles: id === 'root' ? ['staff', 'decant-admin'] : ['staff'] }),
    }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
// It goes with the test that started it.
process.stdin.on('end', () => process.exit(0)).resume();
