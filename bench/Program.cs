using System.CommandLine;
using Decant.Bench;

var program = new Argument<string>("program") { Description = "Path of the decant program." };
var rounds = new Option<int>("--rounds")
{
    Description = "How often each does each work.",
    DefaultValueFactory = _ => 5,
};
var patience = new Option<int>("--patience")
{
    Description = "Seconds after which a work gets no further round.",
    DefaultValueFactory = _ => 600,
};
var film = new Option<int>("--film") { Description = "Length of the film in seconds.", DefaultValueFactory = _ => 600 };
film.AcceptOnlyFromAmong("120", "600");
var wire = new Option<string?>("--wire") { Description = "Only origins with this in their name, such as \"4 MB/s\"." };
var only = new Option<string?>("--only")
{
    Description =
        "Only works with this in their name, such as \"mp3\"; \"api\" for the API alone, \"memory\" for that of a large download.",
};
var write = new Option<string?>("--write")
{
    Description = "Where to write what was measured, such as docs/performance.md.",
};
var profile = new Option<bool>("--profile")
{
    Description =
        "In place of all that: processor time and bytes of the service by stage, for each work over an unlimited origin. "
        + "It needs no quiet machine: --rounds says over how many downloads the figures are the mean.",
};
var metube = new Option<Uri?>("--metube")
{
    Description = "Address of a MeTube on this machine, to take part, such as http://127.0.0.1:8081/.",
    CustomParser = given => new Uri(given.Tokens[0].Value),
};
var downloads = new Option<string?>("--metube-downloads") { Description = "Where that MeTube puts its files." };

var cobalt = new Option<string?>("--cobalt")
{
    Description =
        "The api folder of a cobalt with its packages (npm install), to take part where platforms' pages are asked for. "
        + "It runs with the node on the PATH.",
};

var root = new RootCommand(
    "Measures whole downloads beside yt-dlp and other peers, and the API alone. Everything takes about two hours;\n"
        + "a quick look: ./decant bench --film 120 --rounds 1 --wire \"4 MB/s\""
)
{
    program,
    rounds,
    patience,
    film,
    wire,
    only,
    write,
    profile,
    metube,
    downloads,
    cobalt,
};
root.SetAction(
    (given, cancellationToken) =>
        new BenchRun(given.GetRequiredValue(program))
        {
            Rounds = given.GetValue(rounds),
            Patience = TimeSpan.FromSeconds(given.GetValue(patience)),
            Film = given.GetValue(film),
            Wire = given.GetValue(wire),
            Only = given.GetValue(only),
            Write = given.GetValue(write),
            Profile = given.GetValue(profile),
            MeTube = given.GetValue(metube),
            MeTubeDownloads = given.GetValue(downloads),
            Cobalt = given.GetValue(cobalt),
        }.RunAsync(Console.Out, cancellationToken)
);
return await root.Parse(args).InvokeAsync();
