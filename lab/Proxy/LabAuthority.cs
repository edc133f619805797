using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decant.Lab.Media;

namespace Decant.Lab.Proxy;

/// <summary>The lab's own certificate authority: made once, kept beside the media, trusted by nobody who was not told to.</summary>
internal sealed class LabAuthority : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3650);

    private LabAuthority(X509Certificate2 certificate, string file)
    {
        Certificate = certificate;
        File = file;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>PEM file with the certificate alone, for clients to trust.</summary>
    public string File { get; }

    public static async Task<LabAuthority> OpenAsync(
        string directory,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var home = Directory.CreateDirectory(Path.Combine(directory, "ca")).FullName;
        var certificateFile = Path.Combine(home, "lab-ca.pem");
        var keyFile = Path.Combine(home, "lab-ca.key");
        using (await CrossProcessLock.TakeAsync(Path.Combine(home, "lock"), cancellationToken))
        {
            if (!System.IO.File.Exists(certificateFile))
            {
                using var made = Make(time.GetUtcNow());
                using var key = made.GetECDsaPrivateKey()!;
                await System.IO.File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), cancellationToken);
                var draft = certificateFile + ".draft";
                await System.IO.File.WriteAllTextAsync(draft, made.ExportCertificatePem(), cancellationToken);
                System.IO.File.Move(draft, certificateFile);
            }
        }

        return new LabAuthority(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), certificateFile);
    }

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Decant lab CA (tests only)", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now.AddDays(-1), now.Add(Life));
    }
}
