using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Decant.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ConfirmedAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AwaitsConfirmation",
                table: "Accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "ConfirmationMails",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Address = table.Column<string>(type: "TEXT", nullable: false),
                    NormalizedAddress = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAttemptAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConfirmationMails", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SignUps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Email = table.Column<string>(type: "TEXT", nullable: false),
                    NormalizedEmail = table.Column<string>(type: "TEXT", nullable: false),
                    FullName = table.Column<string>(type: "TEXT", nullable: true),
                    PasswordHash = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignUps", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ConfirmationMails_CreatedAt",
                table: "ConfirmationMails",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ConfirmationMails_NextAttemptAt",
                table: "ConfirmationMails",
                column: "NextAttemptAt");

            migrationBuilder.CreateIndex(
                name: "IX_ConfirmationMails_NormalizedAddress",
                table: "ConfirmationMails",
                column: "NormalizedAddress");

            migrationBuilder.CreateIndex(
                name: "IX_SignUps_ExpiresAt",
                table: "SignUps",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_SignUps_NormalizedEmail",
                table: "SignUps",
                column: "NormalizedEmail");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConfirmationMails");

            migrationBuilder.DropTable(
                name: "SignUps");

            migrationBuilder.DropColumn(
                name: "AwaitsConfirmation",
                table: "Accounts");
        }
    }
}
