using System.CommandLine;
using Decant.Lab;

var port = new Option<int>("--port")
{
    Description = "Port of the media origin; 0 takes any.",
    DefaultValueFactory = _ => 8090,
};
var proxyPort = new Option<int>("--proxy-port")
{
    Description = "Port of the forward proxy; 0 takes any.",
    DefaultValueFactory = _ => 8091,
};
var directory = new Option<string?>("--internet-dir")
{
    Description = "Where media and the certificate authority are kept (.lab beside the solution).",
};
var rate = new Option<long?>("--rate") { Description = "Bytes a second for each connection (unlimited)." };
var latency = new Option<int>("--latency") { Description = "Milliseconds before each answer begins (0)." };
var readyFile = new Option<string?>("--ready-file")
{
    Description = "Write {origin, proxy, ca_file, pid} here as JSON once everything listens.",
};

var make = new Option<bool>("--make") { Description = "Encode what is not there yet, and end." };

var command = new RootCommand("A small internet on loopback: media, platforms and traps for Decant to be tried on.")
{
    port,
    proxyPort,
    directory,
    rate,
    latency,
    readyFile,
    make,
};
command.SetAction(
    (arguments, cancellationToken) =>
    {
        var options = new LabOptions
        {
            OriginPort = arguments.GetValue(port),
            ProxyPort = arguments.GetValue(proxyPort),
            RatePerConnection = arguments.GetValue(rate),
            Latency = TimeSpan.FromMilliseconds(arguments.GetValue(latency)),
        };
        if (arguments.GetValue(directory) is { } chosen)
        {
            options = options with { Directory = Path.GetFullPath(chosen) };
        }

        return arguments.GetValue(make)
            ? LabProgram.MakeSlowAsync(options, Console.Out, cancellationToken)
            : LabProgram.RunAsync(options, arguments.GetValue(readyFile), Console.Out, cancellationToken);
    }
);
return await command.Parse(args).InvokeAsync();
