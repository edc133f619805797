using Microsoft.AspNetCore.Builder;

namespace Decant.Server;

/// <summary>The server, composed. One <c>AddX</c> and one <c>MapX</c> per folder.</summary>
public static class Program
{
    public static WebApplication Build(string[] args) => throw new NotImplementedException();
}
