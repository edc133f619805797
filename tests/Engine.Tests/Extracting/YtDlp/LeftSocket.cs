using System.Net.Sockets;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>Socket of a server that was killed: its file is there, and nobody listens.</summary>
internal static class LeftSocket
{
    public static void Leave(string path)
    {
        using (var killed = LookUpSocket.Create())
        {
            killed.Bind(new UnixDomainSocketEndPoint(path));
            // Out of the way while .NET removes what it had bound, as a process that is killed does not.
            File.Move(path, $"{path}-kept");
        }

        File.Move($"{path}-kept", path);
    }
}
