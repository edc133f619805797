using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The Unix socket at which a server lends its warm extractor to commands of the same user (ADR 0067).</summary>
internal static class LookUpSocket
{
    /// <summary>Bytes of <c>sun_path</c> (unix(7)), its final NUL included.</summary>
    private const int LongestPath = 108;

    /// <summary><c>SOL_SOCKET</c> and <c>SO_PEERCRED</c> (socket(7)), whose value is three numbers: process, user, group.</summary>
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int CredentialsLength = 12;
    private const int UserAt = 4;

    public static bool IsUsable(string path) => Encoding.UTF8.GetByteCount(path) < LongestPath;

    public static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>True where a process listens: a server that was killed leaves its socket behind.</summary>
    public static bool IsListenedAt(string path)
    {
        if (!IsUsable(path) || !File.Exists(path))
        {
            return false;
        }

        using var socket = Create();
        // One that has many at its door is not waited for.
        socket.Blocking = false;
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException refusal)
        {
            return refusal.SocketErrorCode == SocketError.WouldBlock;
        }
    }

    /// <summary>True where the other end is a process of our own user.</summary>
    public static bool IsOurs(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[CredentialsLength];
        return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == CredentialsLength
            && MemoryMarshal.Read<uint>(credentials[UserAt..]) == EffectiveUser();
    }

    /// <summary>A digest of the program and of all settings by which two processes could find different things at one address.</summary>
    public static string SettingsOf(EngineOptions options)
    {
        var egress = options.Egress;
        string?[] settings =
        [
            typeof(LookUpSocket).Module.ModuleVersionId.ToString(),
            FullPath(options.ExtractorFolder),
            egress.Proxy?.ToString(),
            FullPath(egress.CaFile),
            .. egress.AllowedNetworks.Order(StringComparer.Ordinal),
            .. egress
                .ProxyByPlatform.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => $"{one.Key} {one.Value}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', settings))));
    }

    private static string? FullPath(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}

/// <summary>A look-up that a command wants done.</summary>
/// <param name="Url">The page.</param>
/// <param name="MaxEntries">Entries of a list to read.</param>
/// <param name="FromStart">True for what reaches back to the beginning of a stream on air.</param>
internal sealed record LentRequest(string Url, int MaxEntries, bool FromStart)
{
    /// <inheritdoc cref="InspectRequest.Entry"/>
    public JsonElement? Entry { get; init; }
}
