using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Decant.Lab.Proxy;

/// <summary>A certificate for whatever name a client asks for, signed by the lab's authority and kept for the next time.</summary>
internal sealed class LeafCertificates(LabAuthority authority, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> _leaves = new(
        StringComparer.OrdinalIgnoreCase
    );

    public SslStreamCertificateContext For(string name) =>
        _leaves.GetOrAdd(name, asked => new Lazy<SslStreamCertificateContext>(() => Mint(asked))).Value;

    private SslStreamCertificateContext Mint(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        // A common name holds 64 characters at most; the names that count are the alternative ones.
        subject.AddCommonName(name.Length <= 64 ? name : "decant-lab");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                authority.Certificate,
                includeKeyIdentifier: true,
                includeIssuerAndSerial: false
            )
        );

        var now = time.GetUtcNow();
        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7F;
        using var signed = request.Create(authority.Certificate, now.AddDays(-1), now.AddDays(90), serial);
        return SslStreamCertificateContext.Create(signed.CopyWithPrivateKey(key), [], offline: true);
    }
}
