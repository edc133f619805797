using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Decant.Engine.Egress;

/// <summary>The system's certificate authorities and the operator's (<c>Egress__CaFile</c>), for our own connections and as one file for children.</summary>
internal sealed class TrustedAuthorities : IDisposable
{
    private readonly Task<X509Certificate2Collection> _roots;
    private readonly ScratchDirectory _directory;

    /// <param name="caFile">The operator's.</param>
    /// <param name="isDeferred">True where the file, too, is read beside the start: what is wrong with it is then told by <see cref="Written"/>.</param>
    /// <exception cref="EgressSettingException">The file is missing, unreadable, or holds no certificate.</exception>
    public TrustedAuthorities(string caFile, bool isDeferred = false)
    {
        var own = isDeferred ? null : ReadFile(caFile);
        _directory = ScratchDirectory.Create("ca");
        BundlePath = Path.Combine(_directory.Path, "authorities.pem");
        // The system has some 140, which take a tenth of the start of a command.
        _roots = Task.Run(() => Gather(own ?? ReadFile(caFile)));
    }

    /// <summary>Path of one PEM file with all of them, until disposal; the file is there once <see cref="Written"/>.</summary>
    public string BundlePath { get; }

    public Task Written => _roots;

    /// <summary>Trusts exactly these. The rest is as the handler does it when left alone: revocation is not looked up.</summary>
    public X509ChainPolicy CreateChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(_roots.GetAwaiter().GetResult());
        return policy;
    }

    public void Dispose()
    {
        // Whoever needed them has heard of a failure.
        Task.WaitAny(_roots);
        _directory.Dispose();
        foreach (var certificate in _roots.IsCompletedSuccessfully ? _roots.Result : [])
        {
            certificate.Dispose();
        }
    }

    private X509Certificate2Collection Gather(X509Certificate2Collection own)
    {
        var roots = new X509Certificate2Collection();
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        store.Open(OpenFlags.ReadOnly);
        roots.AddRange(store.Certificates);
        roots.AddRange(own);
        File.WriteAllText(BundlePath, roots.ExportCertificatePems());
        return roots;
    }

    private static X509Certificate2Collection ReadFile(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new EgressSettingException("Egress__CaFile", $"'{path}' cannot be read: {e.Message}", e);
        }
        return certificates.Count > 0
            ? certificates
            : throw new EgressSettingException("Egress__CaFile", $"'{path}' holds no PEM certificate.");
    }
}
