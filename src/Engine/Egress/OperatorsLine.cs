using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Decant.Engine.Egress;

/// <summary>
/// A connection that does not speak HTTP, to a server that the operator named in a setting, such as their mail server. As with
/// <see cref="OperatorsPeer"/> no user chose the address, so it may be a private one. It takes no proxy: those pass on HTTP.
/// </summary>
public sealed class OperatorsLine : IDisposable
{
    private readonly TrustedAuthorities? _authorities;

    /// <param name="options">Options, whose certificate authorities count here as well.</param>
    /// <exception cref="EgressSettingException">A setting that cannot be used, by its name.</exception>
    public OperatorsLine(EgressOptions options) =>
        _authorities = options.CaFile is { Length: > 0 } path ? new TrustedAuthorities(path) : null;

    /// <exception cref="SocketException">No connection.</exception>
    public static async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            // Whatever it was, cancellation included: nobody was given the socket.
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Judges a certificate for a protocol that does its TLS itself.</summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="chain">Chain that came with it.</param>
    /// <param name="errors">Errors that the system found in it.</param>
    public bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // The operator's authorities mend nothing but a chain that the system's do not know: not a name, not an absence.
        if (
            _authorities is null
            || errors != SslPolicyErrors.RemoteCertificateChainErrors
            || certificate is not X509Certificate2 own
        )
        {
            return false;
        }

        using var known = new X509Chain();
        known.ChainPolicy = _authorities.CreateChainPolicy();
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            known.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return known.Build(own);
    }

    public void Dispose() => _authorities?.Dispose();
}
